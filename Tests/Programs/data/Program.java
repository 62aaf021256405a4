// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads, garbage, processes, sockets and null pointers in one program.
import java.io.*;
import java.net.*;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Program {
  static int nulls(int count) {
    int caught = 0;
    String[] texts = new String[2];
    texts[1] = "x";
    for (int i = 0; i < count; i++) {
      try {
        if (texts[i & 1].length() > 5) caught = 0;
      } catch (NullPointerException e) {
        caught++;
      }
    }
    return caught;
  }

  static int depth(int n) {
    try {
      return depth(n + 1);
    } catch (StackOverflowError e) {
      return n;
    }
  }

  static void threads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    AtomicLong sum = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int n = i;
      all.add(pool.submit(() -> {
        List<byte[]> garbage = new ArrayList<>();
        for (int j = 0; j < 40; j++) garbage.add(new byte[10000]);
        sum.addAndGet(n + nulls(20));
      }));
    }
    for (Future<?> one : all) one.get();
    pool.shutdown();
    System.out.println("sum " + sum + " " + pool.awaitTermination(9, TimeUnit.SECONDS));
    Thread thread = new Thread(() -> {
      try {
        Thread.sleep(60000);
      } catch (InterruptedException e) {
        System.out.println("interrupted");
      }
    });
    thread.start();
    thread.interrupt();
    thread.join();
    Object lock = new Object();
    synchronized (lock) {
      lock.wait(20);
    }
  }

  static void processes() throws Exception {
    Process cat = new ProcessBuilder("cat").start();
    try (OutputStream out = cat.getOutputStream()) {
      out.write(new byte[50000]);
    }
    System.out.println("cat " + cat.getInputStream().readAllBytes().length + " " + cat.waitFor());
    Process shell = new ProcessBuilder("sh", "-c", "echo shell; exit 3").redirectErrorStream(true).start();
    System.out.print(new String(shell.getInputStream().readAllBytes()));
    System.out.println(shell.waitFor());
    Process sleep = new ProcessBuilder("sleep", "9").start();
    sleep.destroy();
    System.out.println(sleep.waitFor());
    try {
      new ProcessBuilder("./missing").start();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }

  static void sockets() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> {
        try (Socket peer = server.accept()) {
          peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException e) {
          System.out.println(e);
        }
      });
      thread.start();
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
        client.getOutputStream().write("echo".getBytes());
        client.shutdownOutput();
        System.out.println(new String(client.getInputStream().readAllBytes()));
      }
      thread.join();
    }
  }

  static void files() throws Exception {
    Path path = Files.write(Paths.get("file"), "text".getBytes());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.map(FileChannel.MapMode.READ_WRITE, 0, 8192).put(100, (byte) 65);
      System.out.println(channel.size());
    }
  }

  public static void main(String[] arguments) throws Exception {
    String what = arguments.length > 0 ? arguments[0] : "";
    switch (what) {
      case "exit":
        System.exit(7);
        break;
      case "wait":
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
        System.out.println("waiting");
        Thread.sleep(60000);
        break;
      case "fill":
        List<byte[]> all = new ArrayList<>();
        while (true) all.add(new byte[1 << 20]);
      case "deep":
        System.out.println(depth(0) > 1000);
        break;
      default:
        System.out.println("nulls " + nulls(200000));
        threads();
        processes();
        sockets();
        files();
        System.gc();
        System.out.println(depth(0) > 1000);
    }
  }
}
