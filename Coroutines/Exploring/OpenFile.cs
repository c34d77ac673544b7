namespace Coroutines.Exploring;

/// <summary>What descriptors stand for: a file or a connection, which several descriptors of several processes can share. Its
/// other end reads end of file once the last of them is closed.</summary>
public sealed class OpenFile
{
    /// <summary>A file that no descriptor stands for yet.</summary>
    /// <param name="name">Its name in witnesses.</param>
    public OpenFile(string name) => Name = name;

    /// <summary>Its name in witnesses.</summary>
    public string Name { get; }

    /// <summary>How many descriptors stand for it.</summary>
    public int Descriptors { get; internal set; }

    /// <summary>Whether there were descriptors, and every one is closed.</summary>
    public bool IsClosed { get; internal set; }
}
