using System.ClientModel;
using AiObs.Cost;
using AiObs.Pictures;
using AiObs.Tracing;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>One run of a layout against a server on this machine.</summary>
internal sealed class RawRun : IAsyncDisposable
{
    private const string Question = "How is Rome?";

    private readonly RawLayout _layout;
    private readonly RawOutcome _outcome;
    private readonly bool _isStreaming;
    private readonly FakeServer _server;
    private readonly OpenAIClient _sdk;
    private readonly AIFunction _tool;

    private RawRun(RawLayout layout, RawOutcome outcome, bool isStreaming, FakeServer server)
    {
        (_layout, _outcome, _isStreaming, _server) = (layout, outcome, isStreaming, server);
        Root = Recorder.CreateRoot(builder => builder.AddCostTracking(SetCosts));
        _sdk = Connect(options => options.UseAgentObservability(Root));
        _tool = AIFunctionFactory.Create(TellWeatherAsync, "weather", "Tells the weather.");
        server.Enqueue([.. Replies()]);
    }

    public Recorder Recorder { get; } = new();

    public AgentObservability Root { get; }

    /// <summary>Gets a chat client over the SDK's client that observes itself.</summary>
    public IChatClient Adapter => Adapt(_sdk);

    /// <summary>Gets a chat client over one of the SDK's that does not.</summary>
    public IChatClient UnobservedAdapter => Adapt(Connect(static _ => { }));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<string> DrawAsync(RawLayout layout, RawOutcome outcome, bool isStreaming)
    {
        await using var run = new RawRun(layout, outcome, isStreaming, await FakeServer.StartAsync(cancellationToken: Token));
        await run.Recorder.RunAsync(() => layout.Ask(run));

        return await run.Recorder.DrawAsync(Token, inBrief: layout.InBrief(outcome));
    }

    public Task AskRawAsync() => Recorder.RunAsync(async () => Recorder.Note(await CompleteAsync()));

    /// <summary>Completes a chat with the SDK, and returns what there was to read.</summary>
    public async Task<string> CompleteAsync()
    {
        var chat = _sdk.GetChatClient(RawClient.ChatModel);
        if (!_isStreaming)
        {
            return (await chat.CompleteChatAsync([new UserChatMessage(Question)], cancellationToken: Token)).Value.Content[0].Text;
        }

        var text = "";
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage(Question)], cancellationToken: Token))
        {
            text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
            if (_outcome is RawOutcome.LeftEarly && text.Length > 0)
            {
                break;
            }
        }

        return text;
    }

    public Task RespondAsync() => Recorder.RunAsync(async () =>
    {
        var responses = _sdk.GetResponsesClient();
        CreateResponseOptions options = new() { Model = RawClient.ChatModel, InputItems = { ResponseItem.CreateUserMessageItem(Question) } };
        if (!_isStreaming)
        {
            Recorder.Note((await responses.CreateResponseAsync(options, Token)).Value.GetOutputText());

            return;
        }

        options.StreamingEnabled = true;
        await foreach (var update in await responses.CreateResponseStreamingAsync(options, Token))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta)
            {
                Recorder.Note(delta.Delta);
                if (_outcome is RawOutcome.LeftEarly)
                {
                    break;
                }
            }
        }
    });

    public Task EmbedAsync() => Recorder.CallAsync(async () =>
        (await _sdk.GetEmbeddingClient(RawClient.EmbeddingModel).GenerateEmbeddingsAsync(["a first text", "a second text"], cancellationToken: Token)).Value.Count);

    public Task TraceAsync(Func<CancellationToken, Task<string>> call) => Recorder.CallAsync(() => Root.Tracer.TraceLlmAsync(
        RawClient.ChatModel, new LlmStart { Messages = [new ChatMessage(ChatRole.User, Question)] }, _ => call(Token), Token));

    public Task AskAsync(IChatClient client)
    {
        var options = new ChatOptions { Tools = _layout.Rounds > 1 ? [_tool] : null };

        return _isStreaming
            ? Recorder.StreamAsync(
                () => client.GetStreamingResponseAsync(Question, options, Token), update => _outcome is RawOutcome.LeftEarly && update.Text.Length > 0)
            : Recorder.CallAsync(() => client.GetResponseAsync(Question, options, Token));
    }

    public async ValueTask DisposeAsync()
    {
        Recorder.Dispose();
        await _server.DisposeAsync();
    }

    private SdkChatClient Adapt(OpenAIClient sdk) => new(sdk.GetChatClient(RawClient.ChatModel), _server.OpenAIBaseAddress, RawClient.ChatModel);

    private OpenAIClient Connect(Action<OpenAIClientOptions> configure)
    {
        var options = new OpenAIClientOptions { Endpoint = _server.OpenAIBaseAddress };
        configure(options);

        return new OpenAIClient(new ApiKeyCredential(RawClient.ApiKey), options);
    }

    private async Task<string> TellWeatherAsync(string city) => _layout.HasCallInTool
        ? (await _sdk.GetChatClient(RawClient.ChatModel).CompleteChatAsync([new UserChatMessage($"Weather of {city}?")], cancellationToken: Token)).Value.Content[0].Text
        : $"Sunny in {city}";

    /// <summary>What the service says: a call of the tool first, where there is one.</summary>
    private IEnumerable<ModelReply> Replies()
    {
        if (_outcome is RawOutcome.Retried)
        {
            yield return ModelReply.Fail(429, retryAfterSeconds: 0);
        }

        if (_layout.Rounds > 1)
        {
            yield return ModelReply.Call("weather", """{"city":"Rome"}""") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } };
        }

        if (_layout.HasCallInTool)
        {
            yield return ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 500, OutputTokens = 50 } };
        }

        yield return Last();
    }

    private ModelReply Last() => _outcome switch
    {
        RawOutcome.Failed => ModelReply.Fail(400),

        // Whatever the reader does, the second word never comes.
        RawOutcome.LeftEarly => ModelReply.Say("It is ", "sunny.") with
        {
            BeforePiece = static (index, token) => index == 0 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(token),
        },
        RawOutcome.Cut => ModelReply.Say([.. Enumerable.Range(1, 60).Select(static number => $"Word number {number} of a long answer. ")]),
        _ when _layout.Name == "raw-embeddings" => new() { Embeddings = [[1, 2, 3], [4, 5, 6]], Usage = new() { InputTokens = 2_000 } },
        _ => ModelReply.Say("It is ", "sunny.") with { Usage = new() { InputTokens = 2_000, OutputTokens = 200 } },
    };

    private void SetCosts(CostTrackingOptions options)
    {
        foreach (var model in (string[])[RawClient.ChatModel, RawClient.EmbeddingModel])
        {
            options.Pricing.Prices.Add(new() { Model = model, Rates = { ["input_mtok"] = 3, ["output_mtok"] = 15 } });
        }

        options.Reservations.DefaultOutputTokens = 5;
        options.Reservations.HighestOutputTokens = 20;
        options.Budgets.Add(new()
        {
            Name = "day",
            EndStreams = _outcome is RawOutcome.Cut,
            Limit = (_outcome, _layout.Rounds) switch
            {
                (RawOutcome.Cut, 1) => 0.001m,
                (RawOutcome.Cut, _) => _layout.HasCallInTool ? 0.0085m : 0.0065m,
                (RawOutcome.Refused, 1) => 0.00001m,
                (RawOutcome.Refused, _) => _layout.HasCallInTool ? 0.00676m : 0.00451m,
                _ => 1,
            },
        });
    }
}
