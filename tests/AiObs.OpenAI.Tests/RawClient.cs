using System.ClientModel;
using System.Diagnostics;
using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>The real SDK, observed under a source name of its own, against a server on this machine.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    public const string ApiKey = "sk-canaryapikey";
    public const string ChatModel = "gpt-4o";
    public const string EmbeddingModel = "text-embedding-3-small";

    private RawClient(FakeServer server, Action<AgentObservabilityOptions>? configure, Action<AgentObservabilityBuilder>? build)
    {
        Server = server;
        Spans = new SpanCollector(Source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton(Logs.ToFactory());
            builder.Configure(options => options.SourceName = Source);
            builder.ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit);
            builder.Configure(configure ?? (static _ => { }));
            build?.Invoke(builder);

            // The server on this machine stands in for the provider.
            builder.Services.Configure<CostTrackingOptions>(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider);
        });
        Sdk = Connect(options => options.UseAgentObservability(Root));
    }

    public string Source { get; } = $"raw-{Guid.NewGuid():N}";

    public FakeServer Server { get; }

    public AgentObservability Root { get; }

    public SpanCollector Spans { get; }

    public FakeLogCollector Logs { get; } = new();

    public OpenAIClient Sdk { get; }

    public ChatClient Chat => Sdk.GetChatClient(ChatModel);

    public ResponsesClient Responses => Sdk.GetResponsesClient();

    public EmbeddingClient Embeddings => Sdk.GetEmbeddingClient(EmbeddingModel);

    /// <summary>Gets the only span; fails when there is not exactly one.</summary>
    public Activity Span => Spans.Only();

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public static async Task<RawClient> StartAsync(
        Action<AgentObservabilityOptions>? configure = null, Action<AgentObservabilityBuilder>? build = null) =>
        new(await FakeServer.StartAsync(cancellationToken: TestToken), configure, build);

    public static void WithContent(AgentObservabilityOptions options) => options.CaptureContent = ContentCapture.All;

    /// <summary>Makes a further client of the same server.</summary>
    public OpenAIClient Connect(Action<OpenAIClientOptions> configure)
    {
        var options = new OpenAIClientOptions { Endpoint = Server.OpenAIBaseAddress };
        configure(options);
        return new OpenAIClient(new ApiKeyCredential(ApiKey), options);
    }

    /// <summary>Asks for a chat in one of the four ways that there are, and returns what the caller got to read.</summary>
    public async Task<string> AskAsync(CallStyle style, ChatMessage[]? messages = null, ChatCompletionOptions? options = null)
    {
        messages ??= [new UserChatMessage("Weather?")];
        options ??= new ChatCompletionOptions();
        switch (style)
        {
            case CallStyle.Async:
                return string.Concat((await Chat.CompleteChatAsync(messages, options, TestToken)).Value.Content.Select(static part => part.Text));
            case CallStyle.Sync:
                return string.Concat(Chat.CompleteChat(messages, options, TestToken).Value.Content.Select(static part => part.Text));
            case CallStyle.StreamedSync:
                return string.Concat(Chat.CompleteChatStreaming(messages, options, TestToken).SelectMany(static update => update.ContentUpdate)
                    .Select(static part => part.Text));
            default:
                var text = "";
                await foreach (var update in Chat.CompleteChatStreamingAsync(messages, options, TestToken))
                {
                    text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
                }

                return text;
        }
    }

    /// <summary>Asks for a response in one of the ways that there are, and returns what the caller got to read.</summary>
    public async Task<string> RespondAsync(CallStyle style, CreateResponseOptions options)
    {
        switch (style)
        {
            case CallStyle.Async:
                return (await Responses.CreateResponseAsync(options, TestToken)).Value.GetOutputText();
            case CallStyle.Sync:
                return Responses.CreateResponse(options, TestToken).Value.GetOutputText();
            default:
                var text = "";
                await foreach (var update in (await Responses.CreateResponseStreamingAsync(options, TestToken)).WithCancellation(TestToken))
                {
                    text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
                }

                return text;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Root.DisposeAsync();
        Spans.Dispose();
        await Server.DisposeAsync();
    }
}
