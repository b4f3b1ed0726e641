using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Writes Ollama's error body, which is one sentence.</summary>
internal static class OllamaErrors
{
    public static JsonObject Write(ModelError error, ModelRequest request) =>
        new() { ["error"] = error.Message ?? Describe(error.Status, request.Model) };

    private static string Describe(int status, string model) => status switch
    {
        400 => "invalid request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => $"model '{model}' not found",
        429 => "too many requests",
        502 => "model server unreachable",
        503 => "server busy",
        _ => "model runner failed",
    };
}
