namespace Coroutines.Tests.Core;

/// <summary>What happened, in order: scenarios let coroutines tell it, and compare it with what was to happen.</summary>
internal sealed class Story
{
    private readonly List<string> lines = [];

    /// <summary>All lines as one.</summary>
    public string Joined => string.Concat(lines);

    public void Tell(string line) => lines.Add(line);

    public IDisposable Owned(string name) => new Possession(this, name);

    public void ShouldBe(params string[] expected) => lines.ShouldBe(expected);

    public int Count(string line) => lines.Count(one => one == line);

    private sealed class Possession(Story story, string name) : IDisposable
    {
        public void Dispose() => story.Tell($"released {name}");
    }
}
