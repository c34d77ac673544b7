using Coroutines.Exploring;

namespace Server.Host.Exploring;

/// <summary>A program of the lecture, ready to be explored.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Summary">A line on it.</param>
/// <param name="Size">Its size by default; null: it has none.</param>
/// <param name="Define">Defines it, of a size.</param>
internal sealed record LabProgram(string Name, string Summary, ServerSize? Size, Action<Model, ServerSize> Define)
{
    /// <summary>Takes it through every interleaving.</summary>
    public Exploration Explore(ServerSize? size = null, ExplorationLimits? limits = null) =>
        Explorer.Run(model => Define(model, size ?? Size ?? default), limits);
}
