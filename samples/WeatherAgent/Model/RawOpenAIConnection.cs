using AiObs;
using OpenAI;
using OpenAI.Chat;

namespace WeatherAgent.Model;

/// <summary>Connects the official OpenAI SDK as it is, observed in its own pipeline, which also repeats what the service was too busy for.</summary>
internal sealed class RawOpenAIConnection : IAsyncDisposable
{
    private readonly OpenAIAddress _address;

    private RawOpenAIConnection(OpenAIAddress address, string model, AgentObservability observability)
    {
        _address = address;

        // An LLM span for each model call.
        Client = address.Connect(new OpenAIClientOptions().UseAgentObservability(observability)).GetChatClient(model);
        Description = address.Describe(model);
    }

    public ChatClient Client { get; }

    /// <summary>Gets what the user should know about who answers.</summary>
    public string Description { get; }

    public static async Task<RawOpenAIConnection> OpenAsync(string model, AgentObservability observability, CancellationToken cancellationToken) =>
        new(await OpenAIAddress.OpenAsync(cancellationToken), model, observability);

    public ValueTask DisposeAsync() => _address.DisposeAsync();
}
