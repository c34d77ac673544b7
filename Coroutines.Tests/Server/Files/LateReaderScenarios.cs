using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Coroutines.Sockets;
using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: what was sent of a copy stays as it was, however late its client reads it.</summary>
/// <remarks>Linux sends the pages of a file without copying them: what wasn't read yet is what stands in them now.</remarks>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class LateReaderScenarios : IDisposable
{
    private const int LengthBytes = 100_000;

    private readonly TemporaryFolder folder = new();
    private readonly Listener listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SafeFileHandle file;

    public LateReaderScenarios() => file = File.OpenHandle(folder.Write("file", new string('o', LengthBytes)));

    public void Dispose()
    {
        file.Dispose();
        client.Dispose();
        listener.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Of_a_copy_nothing_is_changed_by_a_writer()
    {
        using var copy = MemoryFile.Copy(file, LengthBytes).ShouldNotBeNull();
        WhenItIsSentAndThenTheFileIsWritten(copy).ShouldAllBe(letter => letter == 'o');
    }

    [Test]
    public void Of_the_file_itself_it_is_though_the_system_has_taken_all_of_it()
    {
        WhenItIsSentAndThenTheFileIsWritten(file).ShouldContain((byte)'n');
    }

    [Test]
    public void A_file_that_is_shorter_than_said_is_not_copied() =>
        MemoryFile.Copy(file, LengthBytes + 1).ShouldBeNull();

    private byte[] WhenItIsSentAndThenTheFileIsWritten(SafeFileHandle sent)
    {
        client.Connect(listener.LocalEndPoint);
        listener.Accept(out var accepted).ShouldBe(AcceptResult.Accepted);
        using var connection = accepted!;
        connection.SendFile([], sent, position: 0, LengthBytes, out var taken).ShouldBe(SendResult.Sent);
        using (var writing = File.OpenHandle(folder.InRoot("file"), FileMode.Open, FileAccess.Write))
            RandomAccess.Write(writing, Enumerable.Repeat((byte)'n', LengthBytes).ToArray(), 0);
        var received = new byte[taken];
        client.ReceiveTimeout = 10_000;
        for (var filled = 0; filled < taken; )
            filled += client.Receive(received.AsSpan(filled));
        return received;
    }
}
