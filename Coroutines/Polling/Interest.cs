namespace Coroutines.Polling;

/// <summary>The directions in which a descriptor is watched, or is ready.</summary>
[Flags]
public enum Interest : byte
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Reading or accepting.</summary>
    Read = 1,

    /// <summary>Writing or connecting.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
