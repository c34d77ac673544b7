using System.Text;
using Server.Host.AccessLogs;

namespace Coroutines.Tests.Server;

/// <summary>Feature: lines of the access log are written off the loop, many at a time, and none is lost.</summary>
public sealed class AccessWriterScenarios
{
    private readonly WrittenFile file = new();

    [Test]
    public void A_line_is_written_though_no_other_comes()
    {
        using var writer = new AccessWriter(file);

        writer.Add("one\n"u8);

        file.HasCome("one\n").ShouldBeTrue();
    }

    [Test]
    public void All_lines_are_written_by_the_end_in_their_order()
    {
        var expected = new StringBuilder();
        using (var writer = new AccessWriter(file))
        {
            for (var line = 0; line < 100_000; line++)
            {
                var text = $"{line}\n";
                expected.Append(text);
                writer.Add(Encoding.ASCII.GetBytes(text));
            }
        }
        file.Text.ShouldBe(expected.ToString());
        file.Writes.ShouldBeLessThan(10_000);
        file.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void Lines_of_several_threads_stay_whole()
    {
        using (var writer = new AccessWriter(file))
            Parallel.For(0, 10_000, line => writer.Add(Encoding.ASCII.GetBytes($"line {line}\n")));

        file.Text.Split('\n')[..^1]
            .Order()
            .ShouldBe(Enumerable.Range(0, 10_000).Select(line => $"line {line}").Order());
    }

    [Test]
    public void Lines_from_before_the_word_to_reopen_are_in_the_old_file()
    {
        using (var writer = new AccessWriter(file))
        {
            writer.Add("old\n"u8);
            writer.Reopen();
            writer.Add("new\n"u8);
            writer.Reopen();
        }
        file.Text.ShouldBe("old\n(reopened)new\n(reopened)");
    }

    [Test]
    public void Without_lines_it_reopens_all_the_same()
    {
        using var writer = new AccessWriter(file);

        writer.Reopen();

        file.HasCome("(reopened)").ShouldBeTrue();
    }

    /// <summary>Takes note of what is written.</summary>
    private sealed class WrittenFile : IAccessFile
    {
        private readonly StringBuilder text = new();

        public int Writes { get; private set; }

        public bool IsClosed { get; private set; }

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString();
            }
        }

        /// <summary>Waits for it.</summary>
        public bool HasCome(string expected) => SpinWait.SpinUntil(() => Text == expected, TimeSpan.FromSeconds(20));

        public void Write(ReadOnlySpan<byte> lines)
        {
            Writes++;
            Append(Encoding.ASCII.GetString(lines));
        }

        public void Reopen() => Append("(reopened)");

        public void Dispose() => IsClosed = true;

        private void Append(string more)
        {
            lock (text)
                text.Append(more);
        }
    }
}
