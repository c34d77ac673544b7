using System.Net;

namespace Server.Host.Http;

/// <summary>Takes no note.</summary>
internal sealed class NoAccessLog : IAccessLog
{
    public void Answered(EndPoint? client, Request request, int status, long contentBytes) { }
}
