using System.ClientModel;
using FakeModelServer;
using OpenAI;

namespace WeatherAgent.Model;

/// <summary>Where the official OpenAI SDK asks: OpenAI's service where there is a key, otherwise a scripted model on this machine.</summary>
internal sealed class OpenAIAddress : IAsyncDisposable
{
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string AddressVariable = "OPENAI_BASE_URL";

    private readonly FakeServer? _server;
    private readonly string? _key;
    private readonly Uri? _endpoint;

    private OpenAIAddress(string key, Uri? endpoint) => (_key, _endpoint) = (key, endpoint);

    private OpenAIAddress(FakeServer server) => (_server, _endpoint) = (server, server.OpenAIBaseAddress);

    public static async Task<OpenAIAddress> OpenAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(KeyVariable) is not { Length: > 0 } key)
        {
            return new(await FakeServer.StartAsync(new FakeServerOptions { Handler = ScriptedModel.Reply }, cancellationToken));
        }

        return new(key, Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address ? new Uri(address) : null);
    }

    /// <summary>Says what the user should know about who answers.</summary>
    public string Describe(string model) => _server is null
        ? $"{model} at {_endpoint?.ToString() ?? "OpenAI"}"
        : $"{model}, played by a script (set {KeyVariable} for the real one)";

    public OpenAIClient Connect(OpenAIClientOptions options)
    {
        options.Endpoint = _endpoint ?? options.Endpoint;
        return new(new ApiKeyCredential(_key ?? "none"), options);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
