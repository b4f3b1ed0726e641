using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace WeatherAgent.Model;

/// <summary>Connects the official Anthropic SDK to a model: Anthropic's service where there is a key, otherwise a scripted one on this machine.</summary>
internal sealed class AnthropicConnection : IModelConnection
{
    private readonly FakeServer? _server;
    private readonly ResilientHttp _http = new();

    private AnthropicConnection(string model, FakeServer? server)
    {
        _server = server;
        var options = new ClientOptions { HttpClient = _http.Client, MaxRetries = 0 };
        var anthropic = new AnthropicClient(server is null ? options : options with { ApiKey = "none", BaseUrl = server.BaseAddress.ToString() });
        Client = anthropic.AsIChatClient(model);
        Description = server is null
            ? $"{model} at {anthropic.BaseUrl}"
            : $"{model}, played by a script (set ANTHROPIC_API_KEY for the real one)";
    }

    public IChatClient Client { get; }

    public string Description { get; }

    public static async Task<IModelConnection> OpenAsync(string model, CancellationToken cancellationToken) => new AnthropicConnection(
        model,
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"))
            ? await FakeServer.StartAsync(new FakeServerOptions { Handler = ScriptedModel.Reply }, cancellationToken)
            : null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
