using System.Collections;

namespace Coroutines.Polling;

/// <summary>The descriptors that are watched for something, in no particular order. Adding and removing are O(1).</summary>
public sealed class WatchList : IReadOnlyList<Descriptor>
{
    private readonly List<Descriptor> descriptors = [];

    internal WatchList() { }

    /// <inheritdoc/>
    public int Count => descriptors.Count;

    /// <inheritdoc/>
    public Descriptor this[int index] => descriptors[index];

    /// <inheritdoc/>
    public IEnumerator<Descriptor> GetEnumerator() => descriptors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(Descriptor descriptor, Interest interest)
    {
        descriptor.Watched = interest;
        if (interest == Interest.None)
            Remove(descriptor);
        else if (descriptor.WatchIndex < 0)
            Add(descriptor);
    }

    private void Add(Descriptor descriptor)
    {
        descriptor.WatchIndex = descriptors.Count;
        descriptors.Add(descriptor);
    }

    private void Remove(Descriptor descriptor)
    {
        if (descriptor.WatchIndex < 0)
            return;
        var last = descriptors[^1];
        descriptors[descriptor.WatchIndex] = last;
        last.WatchIndex = descriptor.WatchIndex;
        descriptors.RemoveAt(descriptors.Count - 1);
        descriptor.WatchIndex = -1;
    }
}
