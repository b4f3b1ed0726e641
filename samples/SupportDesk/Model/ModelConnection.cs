using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;

namespace SupportDesk.Model;

/// <summary>Connects the desk to a model: that of the provider whose key is in the environment, otherwise a scripted one on this machine.</summary>
internal sealed class ModelConnection : IAsyncDisposable
{
    public const string AnthropicKey = "ANTHROPIC_API_KEY";
    public const string AnthropicAddress = "ANTHROPIC_BASE_URL";
    public const string OpenAIKey = "OPENAI_API_KEY";
    public const string OpenAIAddress = "OPENAI_BASE_URL";

    private readonly FakeServer? _script;

    private ModelConnection(IChatClient client, string description, FakeServer? script = null) =>
        (Client, Description, _script) = (client, description, script);

    public IChatClient Client { get; }

    /// <summary>Gets what people should know about who answers.</summary>
    public string Description { get; }

    /// <summary>Connects to the model; nothing is asked of it yet.</summary>
    /// <exception cref="InvalidOperationException">The provider that the options name has no key.</exception>
    public static async Task<ModelConnection> OpenAsync(DeskOptions options, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var provider = options.Provider ?? FindProvider(configuration);
        var model = options.Model ?? (provider == ModelProvider.OpenAI ? "gpt-4o" : "claude-sonnet-4-5");

        return provider switch
        {
            ModelProvider.Anthropic => new(
                ConnectAnthropic(model, KeyOf(configuration, AnthropicKey), configuration[AnthropicAddress], options.ModelRetries), $"{model} of Anthropic"),
            ModelProvider.OpenAI => new(
                ConnectOpenAI(model, KeyOf(configuration, OpenAIKey), configuration[OpenAIAddress], options.ModelRetries), $"{model} of OpenAI"),
            _ => await OpenScriptAsync(model, options.ModelRetries, cancellationToken),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    private static ModelProvider FindProvider(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[AnthropicKey]) ? ModelProvider.Anthropic
        : !string.IsNullOrEmpty(configuration[OpenAIKey]) ? ModelProvider.OpenAI
        : ModelProvider.Script;

    private static string KeyOf(IConfiguration configuration, string variable) => configuration[variable] is { Length: > 0 } key
        ? key
        : throw new InvalidOperationException($"There is no key in {variable}. Set it, or leave Desk:Provider out for the script on this machine.");

    private static async Task<ModelConnection> OpenScriptAsync(string model, int retries, CancellationToken cancellationToken)
    {
        var script = await FakeServer.StartAsync(new FakeServerOptions { Handler = ScriptedModel.Reply }, cancellationToken);

        return new(
            ConnectAnthropic(model, "none", script.BaseAddress.ToString(), retries),
            $"{model}, played by a script (set {AnthropicKey} or {OpenAIKey} for a real one)",
            script);
    }

    private static IChatClient ConnectAnthropic(string model, string key, string? address, int retries)
    {
        var options = new ClientOptions { ApiKey = key, MaxRetries = retries };

        return new AnthropicClient(address is { Length: > 0 } ? options with { BaseUrl = address } : options).AsIChatClient(model);
    }

    private static IChatClient ConnectOpenAI(string model, string key, string? address, int retries)
    {
        var options = new OpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(retries) };
        if (address is { Length: > 0 })
        {
            options.Endpoint = new Uri(address);
        }

        return new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient();
    }
}
