using System.ClientModel;
using AiObs;
using FakeModelServer;
using OpenAI;
using OpenAI.Chat;

namespace WeatherAgent.Model;

/// <summary>Connects the official OpenAI SDK, observed, to a model: OpenAI's service where there is a key, otherwise a scripted one on this machine.</summary>
internal sealed class RawModelConnection : IAsyncDisposable
{
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string AddressVariable = "OPENAI_BASE_URL";

    private readonly FakeServer? _server;

    private RawModelConnection(OpenAIClientOptions options, string key, string model, FakeServer? server)
    {
        _server = server;
        Client = new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model);
        Description = server is null
            ? $"{model} at {options.Endpoint?.ToString() ?? "OpenAI"}"
            : $"{model}, played by a script (set {KeyVariable} for the real one)";
    }

    public ChatClient Client { get; }

    /// <summary>Gets what the user should know about who answers.</summary>
    public string Description { get; }

    public static async Task<RawModelConnection> OpenAsync(string model, AgentObservability observability, CancellationToken cancellationToken)
    {
        // An LLM span for each model call.
        var options = new OpenAIClientOptions().UseAgentObservability(observability);
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
        {
            if (Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address)
            {
                options.Endpoint = new Uri(address);
            }

            return new RawModelConnection(options, key, model, server: null);
        }

        var server = await FakeServer.StartAsync(new FakeServerOptions { Handler = ScriptedModel.Reply }, cancellationToken);
        options.Endpoint = server.OpenAIBaseAddress;

        return new RawModelConnection(options, "none", model, server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
