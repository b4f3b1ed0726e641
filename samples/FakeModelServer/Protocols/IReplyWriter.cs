using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Writes replies in one protocol.</summary>
internal interface IReplyWriter
{
    /// <summary>Yields the headers of every reply, failures included.</summary>
    IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange);

    JsonObject WriteBody(Exchange exchange);

    IEnumerable<StreamEvent> WriteStream(Exchange exchange);

    JsonObject WriteError(ModelError error, Exchange exchange);

    /// <summary>Writes the event with which a stream reports a failure after it has begun.</summary>
    StreamEvent WriteStreamError(ModelError error, Exchange exchange);
}
