using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Writes embeddings.</summary>
internal sealed class EmbedWriter : IReplyWriter
{
    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) => [];

    public JsonObject WriteError(ModelError error, Exchange exchange) => OllamaErrors.Write(error, exchange.Request);

    public JsonObject WriteBody(Exchange exchange)
    {
        var body = new JsonObject
        {
            ["model"] = exchange.Model,
            ["embeddings"] = JsonSerializer.SerializeToNode(exchange.Vectors),
        };
        OllamaMetrics.WriteEmbed(body, exchange.Usage);

        return body;
    }
}
