namespace Coroutines.Tests.Server.Http;

/// <summary>What the access log was told of one answer.</summary>
internal readonly record struct RecordedAnswer(string Method, string Target, int Status, long ContentBytes);
