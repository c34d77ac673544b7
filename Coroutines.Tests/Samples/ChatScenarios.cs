using Coroutines.Tests.Host;

namespace Coroutines.Tests.Samples;

/// <summary>Feature: the sample chat.</summary>
[Platform(Exclude = "Win")]
public sealed class ChatScenarios : IDisposable
{
    // More than the system's buffers hold between the two.
    private const int ManyLines = 40_000;
    private const int SmallBuffer = 4 * 1024;

    private static SampleProgram program = null!;

    private readonly SampleProcess chat = program.Start("0");

    [OneTimeSetUp]
    public static void Build() => program = SampleProgram.Build("chat");

    [OneTimeTearDown]
    public static void Delete() => program.Dispose();

    public void Dispose() => chat.Dispose();

    [Test]
    public void What_one_types_the_others_read()
    {
        using var ann = Enter("ann");
        using var bob = Enter("bob");
        ann.ReceiveLine().ShouldBe("* bob has come.");
        ann.Send("hello\r\n");
        bob.ReceiveLine().ShouldBe("ann: hello");
        bob.Send("one\ntwo\n");
        ann.ReceiveLine().ShouldBe("bob: one");
        ann.ReceiveLine().ShouldBe("bob: two");
    }

    [Test]
    public void Who_quits_is_let_go_and_the_others_are_told()
    {
        using var ann = Enter("ann");
        using var bob = Enter("bob");
        bob.Send("bye\n/quit\nunheard\n");
        bob.ReceiveToEnd().ShouldBeEmpty();
        ann.ReceiveLine().ShouldBe("* bob has come.");
        ann.ReceiveLine().ShouldBe("bob: bye");
        ann.ReceiveLine().ShouldBe("* bob has left.");
    }

    [Test]
    public void Who_breaks_off_ends_alone()
    {
        using var ann = Enter("ann");
        using var cut = Enter("cut");
        cut.Reset();
        using var bob = Enter("bob");
        ann.ReceiveLine().ShouldBe("* cut has come.");
        new[] { ann.ReceiveLine(), ann.ReceiveLine() }.ShouldBe(
            ["* cut has left.", "* bob has come."],
            ignoreOrder: true
        );
        bob.Send("hello\n");
        ann.ReceiveLine().ShouldBe("bob: hello");
    }

    [Test]
    public void Who_does_not_read_is_dropped_and_holds_up_nobody()
    {
        using var slow = Enter("slow", SmallBuffer);
        using var ann = Enter("ann");
        using var bob = Enter("bob");
        var (line, heard, count) = (new string('x', 1_000), "", 0);
        for (; heard != "* slow has left." && count < ManyLines; count++)
        {
            ann.Send($"{line}\n");
            heard = bob.ReceiveLine();
        }
        heard.ShouldBe("* slow has left.");
        ann.Send("we go on\n");
        while (heard != "ann: we go on" && count-- > 0)
            heard = bob.ReceiveLine();
        heard.ShouldBe("ann: we go on");
    }

    [TestCase(ServerProcess.SigTerm)]
    public void A_signal_has_all_told_and_the_server_end(int signal)
    {
        using var ann = Enter("ann");
        using var bob = Enter("bob");
        chat.Signal(signal);
        ann.ReceiveLine().ShouldBe("* bob has come.");
        ann.ReceiveLine().ShouldBe("* The server stops.");
        bob.ReceiveLine().ShouldBe("* The server stops.");
        chat.WaitForExit().ShouldBe(0);
        chat.Errors.ToString().ShouldBeEmpty();
    }

    private WireClient Enter(string name, int? receiveBufferBytes = null)
    {
        var client = chat.Connect(receiveBufferBytes);
        client.ReceiveLine().ShouldBe("Your name?");
        client.Send($"{name}\n");
        return client;
    }
}
