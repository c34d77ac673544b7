namespace Server.Host.Http;

/// <summary>Decides what the requests of a site are answered with. Does no network I/O, and doesn't wait.</summary>
internal interface IResponder
{
    /// <summary>Whether it is given the content of a request (<see cref="Request.Content"/>), and not asked before all of it
    /// has come. Else contents are skipped, and it is asked as soon as the head has come.</summary>
    bool TakesContent { get; }

    /// <summary>Lets the files go that are kept open only to save time: somebody needs their descriptors.</summary>
    void LetHandlesGo() { }

    /// <summary>Answers a complete request.</summary>
    void Answer(Request request, Response response);
}
