using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Writes replies in one protocol.</summary>
internal interface IReplyWriter
{
    /// <summary>Yields the headers of every reply, failures included.</summary>
    IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange);

    JsonObject WriteBody(Exchange exchange);

    JsonObject WriteError(ModelError error, Exchange exchange);
}
