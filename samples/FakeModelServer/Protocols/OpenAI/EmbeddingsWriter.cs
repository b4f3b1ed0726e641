using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Writes embeddings.</summary>
internal sealed class EmbeddingsWriter : IReplyWriter
{
    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) => OpenAIErrors.WriteHeaders(exchange);

    public JsonObject WriteError(ModelError error, Exchange exchange) => new() { ["error"] = OpenAIErrors.Write(error) };

    public JsonObject WriteBody(Exchange exchange)
    {
        var isBase64 = exchange.Request.Body.GetText("encoding_format") == "base64";

        var body = new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. exchange.Vectors.Select((vector, index) => WriteEmbedding([.. vector], index, isBase64))]),
            ["model"] = exchange.Model,
        };

        if (exchange.Usage is { } usage)
        {
            body["usage"] = new JsonObject { ["prompt_tokens"] = usage.InputTokens, ["total_tokens"] = usage.InputTokens };
        }

        return body;
    }

    private static JsonObject WriteEmbedding(float[] vector, int index, bool isBase64) => new()
    {
        ["object"] = "embedding",
        ["index"] = index,
        ["embedding"] = isBase64
            ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))
            : JsonSerializer.SerializeToNode(vector),
    };
}
