using System.Net;
using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>An access log that a scenario can read.</summary>
internal sealed class RecordedAnswers : IAccessLog
{
    public List<RecordedAnswer> Answers { get; } = [];

    public void Answered(EndPoint? client, Request request, int status, long contentBytes) =>
        Answers.Add(
            new(
                Encoding.Latin1.GetString(request.MethodToken),
                Encoding.Latin1.GetString(request.Target),
                status,
                contentBytes
            )
        );
}
