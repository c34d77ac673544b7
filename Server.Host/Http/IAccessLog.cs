using System.Net;

namespace Server.Host.Http;

/// <summary>Takes note of each answer.</summary>
internal interface IAccessLog
{
    /// <summary>One request was answered.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="request">Its parts, as far as they were read; right only during the call.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="contentBytes">How many bytes of content were sent.</param>
    void Answered(EndPoint? client, Request request, int status, long contentBytes);
}
