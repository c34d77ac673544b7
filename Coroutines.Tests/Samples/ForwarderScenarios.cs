using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Coroutines.Tests.Samples;

/// <summary>Feature: the sample port forwarder.</summary>
[Platform("Linux")]
public sealed class ForwarderScenarios : IDisposable
{
    private const int Megabyte = 1_000_000;
    private const int BufferBytes = 256 * 1024;

    // The kernel's buffers of four sockets (tcp(7): 4 MB and 6 MB each at the most), and the forwarder's own.
    private const int MaxBufferedBytes = 32 * Megabyte;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static SampleProgram program = null!;

    private readonly Socket target = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SampleProcess forwarder;
    private readonly List<Socket> sockets = [];

    public ForwarderScenarios()
    {
        target.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        target.Listen();
        forwarder = program.Start("0", TargetAddress, "6");
    }

    [OneTimeSetUp]
    public static void Build() => program = SampleProgram.Build("forwarder");

    [OneTimeTearDown]
    public static void Delete() => program.Dispose();

    public void Dispose()
    {
        sockets.ForEach(socket => socket.Dispose());
        target.Dispose();
        forwarder.Dispose();
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    public void The_end_of_one_direction_is_passed_on_and_the_other_goes_on(int first, int second)
    {
        var ends = Connect();
        ends[first].Send("ask"u8);
        ends[first].Shutdown(SocketShutdown.Send);
        ReceiveToEnd(ends[second]).ShouldBe("ask"u8.ToArray());
        ends[second].Send("answer"u8);
        ends[second].Shutdown(SocketShutdown.Send);
        ReceiveToEnd(ends[first]).ShouldBe("answer"u8.ToArray());
    }

    [Test]
    public void If_the_target_is_down_its_client_is_let_go_and_the_reason_told()
    {
        _ = forwarder.Address; // it runs
        target.Dispose();
        var client = Own(forwarder.ConnectSocket());
        ReceiveToEnd(client).ShouldBeEmpty();
        forwarder.Errors.WaitFor("Refused").ShouldContain(client.LocalEndPoint!.ToString()!);
    }

    [Test]
    public void A_connection_that_is_idle_is_ended()
    {
        var (start, ends) = (Stopwatch.StartNew(), Connect());
        ReceiveToEnd(ends[0]).ShouldBeEmpty();
        ReceiveToEnd(ends[1]).ShouldBeEmpty();
        start.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Test]
    public void Both_directions_bring_all_bytes_at_once()
    {
        var ends = Connect();
        var answer = Task.Run(() => Exchange(ends[1], seed: 2, 100 * Megabyte));
        var sentByClient = Exchange(ends[0], seed: 1, 100 * Megabyte);
        answer.Wait(Limit).ShouldBeTrue();
        answer.Result.Received.ShouldBe(sentByClient.Sent);
        sentByClient.Received.ShouldBe(answer.Result.Sent);
    }

    [Test]
    public void It_reads_no_more_than_it_can_send_on()
    {
        var ends = Connect();
        ends[0].Blocking = false;
        var (buffer, sent) = (new byte[BufferBytes], 0L);
        while (sent < MaxBufferedBytes && ends[0].Poll(TimeSpan.FromSeconds(0.5), SelectMode.SelectWrite))
            sent += ends[0].Send(buffer);
        sent.ShouldBeLessThan(MaxBufferedBytes);
        ends[0].Shutdown(SocketShutdown.Send);
        Receive(ends[1], _ => { }).ShouldBe(sent);
    }

    [Test]
    public void A_gigabyte_goes_through_at_constant_memory()
    {
        const long Bytes = 1_000L * Megabyte;
        var ends = Connect();
        var start = Stopwatch.StartNew();
        var sender = Task.Run(() => Send(ends[0], Bytes));
        var (received, resident) = (0L, new List<long>());
        Receive(
            ends[1],
            piece =>
            {
                received += piece.Length;
                if (received / (100 * Megabyte) > resident.Count)
                    resident.Add(forwarder.ResidentBytes);
            }
        );
        sender.Wait(Limit).ShouldBeTrue();
        received.ShouldBe(Bytes);
        resident.Count.ShouldBe(10);
        TestContext.Out.WriteLine(
            $"{start.Elapsed.TotalSeconds:F1} s, {string.Join(' ', resident.Select(Megabytes))} MB"
        );
        // By then the runtime has compiled what is hot.
        (resident.Skip(3).Max() - resident[2]).ShouldBeLessThan(6 * Megabyte);
    }

    private string TargetAddress =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)target.LocalEndPoint!).Port}");

    /// <summary>A client of the forwarder's, and the end of it at the target.</summary>
    private Socket[] Connect() => [Own(forwarder.ConnectSocket()), Own(target.Accept())];

    private Socket Own(Socket socket)
    {
        socket.ReceiveTimeout = socket.SendTimeout = (int)Limit.TotalMilliseconds;
        sockets.Add(socket);
        return socket;
    }

    private static void Send(Socket socket, long bytes)
    {
        var buffer = new byte[BufferBytes];
        for (var left = bytes; left > 0; )
            left -= socket.Send(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
        socket.Shutdown(SocketShutdown.Send);
    }

    private static long Receive(Socket socket, Action<ReadOnlySpan<byte>> take)
    {
        var (buffer, received) = (new byte[BufferBytes], 0L);
        while (socket.Receive(buffer) is > 0 and var count)
        {
            take(buffer.AsSpan(0, count));
            received += count;
        }
        return received;
    }

    private static byte[] ReceiveToEnd(Socket socket)
    {
        var all = new List<byte>();
        Receive(socket, piece => all.AddRange(piece));
        return [.. all];
    }

    /// <summary>Sends random bytes and receives to the end, at once; returns the hashes of both.</summary>
    private static (string Sent, string Received) Exchange(Socket socket, int seed, int bytes)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        var sender = Task.Run(() =>
        {
            for (var sent = 0; sent < content.Length; )
                sent += socket.Send(content, sent, Math.Min(BufferBytes, content.Length - sent), SocketFlags.None);
            socket.Shutdown(SocketShutdown.Send);
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Receive(socket, hash.AppendData);
        sender.Wait(Limit).ShouldBeTrue();
        return (Convert.ToHexString(SHA256.HashData(content)), Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static string Megabytes(long bytes) =>
        (bytes / (double)Megabyte).ToString("F1", CultureInfo.InvariantCulture);
}
