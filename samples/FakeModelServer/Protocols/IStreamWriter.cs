namespace FakeModelServer.Protocols;

/// <summary>Writes replies in a protocol that can stream.</summary>
internal interface IStreamWriter : IReplyWriter
{
    string ContentType => "text/event-stream; charset=utf-8";

    IEnumerable<StreamEvent> WriteStream(Exchange exchange);

    /// <summary>
    /// Writes the event with which a stream reports a failure after it has begun; the position counts the events before it.
    /// </summary>
    StreamEvent WriteStreamError(ModelError error, Exchange exchange, int position);
}
