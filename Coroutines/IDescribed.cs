namespace Coroutines;

/// <summary>Something of this library whose text runs no code of a user's: it may be written out wherever values are shown.
/// </summary>
internal interface IDescribed;
