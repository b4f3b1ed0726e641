using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace WeatherAgent.Model;

/// <summary>Connects the official Anthropic SDK to a model: Anthropic's service where there is a key, otherwise a scripted one on this machine.</summary>
internal sealed class ModelConnection : IAsyncDisposable
{
    private readonly FakeServer? _server;

    private ModelConnection(AnthropicClient anthropic, string model, FakeServer? server)
    {
        _server = server;
        Client = anthropic.AsIChatClient(model);
        Description = server is null
            ? $"{model} at {anthropic.BaseUrl}"
            : $"{model}, played by a script (set ANTHROPIC_API_KEY for the real one)";
    }

    public IChatClient Client { get; }

    /// <summary>Gets what the user should know about who answers.</summary>
    public string Description { get; }

    public static async Task<ModelConnection> OpenAsync(string model, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY")))
        {
            return new ModelConnection(new AnthropicClient(), model, server: null);
        }

        var server = await FakeServer.StartAsync(new FakeServerOptions { Handler = ScriptedModel.Reply }, cancellationToken);
        var anthropic = new AnthropicClient(new ClientOptions { ApiKey = "none", BaseUrl = server.BaseAddress.ToString() });

        return new ModelConnection(anthropic, model, server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
