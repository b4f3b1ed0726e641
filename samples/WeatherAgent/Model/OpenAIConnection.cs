using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace WeatherAgent.Model;

/// <summary>Connects the official OpenAI SDK, as a chat client of Microsoft.Extensions.AI.OpenAI.</summary>
internal sealed class OpenAIConnection : IModelConnection
{
    private readonly OpenAIAddress _address;
    private readonly ResilientHttp _http = new();

    private OpenAIConnection(OpenAIAddress address, string model)
    {
        _address = address;
        var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(_http.Client), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        Client = address.Connect(options).GetChatClient(model).AsIChatClient();
        Description = address.Describe(model);
    }

    public IChatClient Client { get; }

    public string Description { get; }

    public static async Task<IModelConnection> OpenAsync(string model, CancellationToken cancellationToken) =>
        new OpenAIConnection(await OpenAIAddress.OpenAsync(cancellationToken), model);

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        _http.Dispose();
        return _address.DisposeAsync();
    }
}
