namespace Coroutines.Exploring;

/// <summary>Whether the steps of a run are kept.</summary>
internal enum Recording
{
    Off,
    On,
}
