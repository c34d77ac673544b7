using System.Globalization;
using System.IO.Compression;
using System.Text;
using Coroutines.Testing;
using CsCheck;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: however files and the codings beside them change, and whatever clients take, each answer is one whole
/// version of the last second, and what its tag says.</summary>
[Parallelizable]
public sealed class CodedSiteProperties
{
    private const int Steps = 60;

    private static readonly string[] Extensions = [".br", ".zst", ".gz"];
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    [Test]
    public void Answers_are_true() =>
        Gen.Int[0, int.MaxValue].Sample(seed => new Site(seed).Live(), iter: Property.Samples(40), threads: 1);

    /// <summary>One file, the codings beside it, and a client that asks for it in all ways.</summary>
    private sealed class Site(int seed)
    {
        private readonly Random choices = new(seed);
        private readonly Dictionary<string, string> coded = [];
        private readonly Dictionary<string, string> contents = [];
        private readonly List<(DateTimeOffset Since, string Content)> versions = [];

        public void Live()
        {
            using var served = new ServedSite();
            WritePlain(served);
            for (var step = 0; step < Steps; step++)
            {
                // Never at a whole second: a coding whose time was cut to that would count.
                served.Simulation.Advance(TimeSpan.FromMilliseconds(choices.Next(4) == 0 ? 1_007 : 17));
                Do(served);
            }
        }

        private void Do(ServedSite served)
        {
            switch (choices.Next(8))
            {
                case 0:
                    WritePlain(served);
                    break;
                case 1:
                    Write(served, Extension(), Extension() + versions[^1].Content);
                    break;
                case 2:
                    File.Delete(served.Folder.InRoot("a.css" + Extension()));
                    break;
                default:
                    Ask(served);
                    break;
            }
        }

        private string Extension() => Extensions[choices.Next(Extensions.Length)];

        private void WritePlain(ServedSite served)
        {
            var length = choices.Next(4) switch
            {
                0 => 20,
                1 => 100_000,
                _ => 3_000,
            };
            var content = $"version {versions.Count} ".PadRight(length, '.');
            Write(served, "", content);
            versions.Add((served.Simulation.Clock.GetUtcNow(), content));
        }

        private static void Write(ServedSite served, string extension, string content)
        {
            var next = served.Folder.Write("next", content);
            File.SetLastWriteTimeUtc(next, served.Simulation.Clock.GetUtcNow().UtcDateTime.AddYears(-80));
            File.Move(next, served.Folder.InRoot("a.css" + extension), overwrite: true);
        }

        private void Ask(ServedSite served)
        {
            var fields = Fields().ToArray();
            var peer = served.Listener.Connects();
            peer.Sends(string.Join("\r\n", ["GET /a.css HTTP/1.1", "Host: a", .. fields, "", ""]));
            served.Simulation.RunUntilIdle();
            var answer = Answer.ReadAll(peer.ReceivedText).ShouldHaveSingleItem(Because(fields));
            Check(answer, served.Simulation.Clock.GetUtcNow(), Because(fields));
            peer.Sends(string.Join("\r\n", ["HEAD /a.css HTTP/1.1", "Host: a", .. fields, "", ""]));
            served.Simulation.RunUntilIdle();
            if (!fields.Any(field => field.StartsWith("Range", StringComparison.Ordinal)))
                Answer.ReadAll(peer.ReceivedText, "GET", "HEAD")[1].Fields.ShouldBe(answer.Fields, Because(fields));
            peer.HalfCloses();
            served.Simulation.RunUntilIdle();
        }

        private IEnumerable<string> Fields()
        {
            string[] codings = ["gzip", "br", "zstd", "identity", "*", "x"];
            string[] weights = ["", ";q=0", ";q=0.5", ";q=1", ";q=x"];
            if (choices.Next(5) > 0)
                yield return "Accept-Encoding: "
                    + string.Join(
                        ", ",
                        Enumerable
                            .Range(0, choices.Next(4))
                            .Select(_ => codings[choices.Next(6)] + weights[choices.Next(5)])
                    );
            if (choices.Next(4) == 0 && contents.Count > 0)
                yield return "If-None-Match: " + contents.Keys.ElementAt(choices.Next(contents.Count));
            if (choices.Next(4) == 0)
                yield return $"Range: bytes={choices.Next(30)}-{choices.Next(30, 60)}";
        }

        private void Check(Answer answer, DateTimeOffset now, string because)
        {
            answer["Vary"].ShouldBe("Accept-Encoding", because);
            switch (answer.Status)
            {
                case 200:
                    Remember(answer, because);
                    break;
                case 206:
                    var (from, to) = Part(answer["Content-Range"]);
                    answer["ETag"].ShouldStartWith("\"", Case.Sensitive, because);
                    if (coded.TryGetValue(answer["ETag"], out var whole))
                        answer.Content.ShouldBe(whole[from..(to + 1)], because);
                    break;
            }
            answer.Status.ShouldBeOneOf(200, 206, 304, 406, 416);
            if (answer.Status is 200 or 304)
                WereCurrent(now).ShouldContain(contents[answer["ETag"]], because);
        }

        /// <summary>Equal tags mean equal bytes if they are strong, else the same content.</summary>
        private void Remember(Answer answer, string because)
        {
            var (tag, content) = (answer["ETag"], Decoded(answer));
            coded.TryAdd(tag, answer.Content);
            contents.TryAdd(tag, content);
            contents[tag].ShouldBe(content, because);
            if (!tag.StartsWith("W/", StringComparison.Ordinal))
                coded[tag].ShouldBe(answer.Content, because);
        }

        private IEnumerable<string> WereCurrent(DateTimeOffset now) =>
            versions
                .Where((_, i) => i + 1 == versions.Count || versions[i + 1].Since > now - Recheck)
                .Select(version => version.Content);

        private string Because(IEnumerable<string> fields) => $"seed {seed}: {string.Join(" | ", fields)}";

        private static (int From, int To) Part(string contentRange)
        {
            var part = contentRange["bytes ".Length..contentRange.IndexOf('/')].Split('-');
            return (Number(part[0]), Number(part[1]));
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        // What lies beside the file isn't really coded: it begins with the extension.
        private static string Decoded(Answer answer)
        {
            if (Extensions.FirstOrDefault(extension => answer.Content.StartsWith(extension + "version")) is { } beside)
                return answer.Content[beside.Length..];
            if (!answer.Has("Content-Encoding"))
                return answer.Content;
            using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(answer.Content));
            using Stream decoder =
                answer["Content-Encoding"] == "br"
                    ? new BrotliStream(bytes, CompressionMode.Decompress)
                    : new GZipStream(bytes, CompressionMode.Decompress);
            using var reader = new StreamReader(decoder);
            return reader.ReadToEnd();
        }
    }
}
