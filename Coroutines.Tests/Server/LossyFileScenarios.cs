using System.Text;
using Coroutines.Testing;
using NLog;
using NLog.Config;
using NLog.Targets;
using Server.Host;
using Server.Host.AccessLogs;

namespace Coroutines.Tests.Server;

/// <summary>Feature: lines of an access log that can't be written are lost, which is told, and hold up nothing.</summary>
public sealed class LossyFileScenarios : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly MemoryTarget messages = new("memory") { Layout = "${level} ${message}" };
    private readonly LogFactory logs = new();
    private readonly FragileFile inner = new();
    private readonly LossyFile file;

    public LossyFileScenarios()
    {
        var configuration = new LoggingConfiguration(logs);
        configuration.AddRuleForAllLevels(messages);
        logs.Configuration = configuration;
        file = new(inner, new Log(logs.GetLogger("server")), clock);
    }

    public void Dispose()
    {
        file.Dispose();
        logs.Dispose();
    }

    [Test]
    public void What_can_be_written_is()
    {
        file.Write("one\n"u8);
        file.Reopen();
        file.Write("two\n"u8);
        inner.Text.ShouldBe("one\n(reopened)two\n");
        messages.Logs.ShouldBeEmpty();
    }

    [Test]
    public void A_full_disk_is_told_once_and_what_comes_after_it_is_written()
    {
        inner.Failure = new IOException("No space left.");
        file.Write("one\n"u8);
        file.Write("two\n"u8);
        inner.Failure = null;
        file.Write("three\n"u8);
        inner.Text.ShouldBe("three\n");
        messages.Logs.ShouldBe(["Error The access log can't be written, lines are lost: No space left."]);
    }

    [Test]
    public void Where_no_new_file_can_be_the_old_one_goes_on()
    {
        inner.Failure = new UnauthorizedAccessException("Access denied.");
        file.Reopen();
        inner.Failure = null;
        file.Write("one\n"u8);
        inner.Text.ShouldBe("one\n");
        messages.Logs.ShouldBe(["Error The access log can't be written, lines are lost: Access denied."]);
    }

    [Test]
    public void A_disk_that_is_full_again_later_is_told_again()
    {
        inner.Failure = new IOException("No space left.");
        file.Write("one\n"u8);
        clock.Advance(TimeSpan.FromMinutes(1));
        file.Write("two\n"u8);
        messages.Logs.Count.ShouldBe(2);
    }

    /// <summary>Fails as long as it is told to.</summary>
    private sealed class FragileFile : IAccessFile
    {
        public Exception? Failure { get; set; }

        public string Text { get; private set; } = "";

        public void Write(ReadOnlySpan<byte> lines) => Append(Encoding.ASCII.GetString(lines));

        public void Reopen() => Append("(reopened)");

        public void Dispose() { }

        private void Append(string more) => Text = Failure is null ? Text + more : throw Failure;
    }
}
