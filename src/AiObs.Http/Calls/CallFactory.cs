using System.Text.Json;
using AiObs.Chat;
using AiObs.Embeddings;
using AiObs.Http.Wire;
using AiObs.Http.Wire.ChatCompletions;
using AiObs.Http.Wire.Embeddings;
using AiObs.Http.Wire.Messages;
using AiObs.Http.Wire.Ollama;
using AiObs.Http.Wire.Responses;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Http.Calls;

/// <summary>Makes calls of requests, by their address and their body.</summary>
/// <param name="observability">What carries the operations.</param>
/// <param name="toException">Makes of what a service said went wrong what the caller's library throws of it, or would.</param>
internal sealed class CallFactory(AgentObservability observability, Func<WireError, Exception> toException)
{
    private const string Part = "wire";
    private const int MaxBackgroundResponses = 10_000;

    private static readonly ChatProtocol ChatCompletions = new ChatCompletionsProtocol();
    private static readonly ResponsesProtocol Responses = new();
    private static readonly ChatProtocol Messages = new MessagesProtocol();
    private static readonly ChatProtocol Ollama = new OllamaProtocol();

    private readonly OperationPipeline _pipeline = observability.Pipeline;
    private readonly BackgroundResponses _background = new(MaxBackgroundResponses);
    private EndpointRecorders? _last;

    /// <summary>Gets a value indicating whether a response runs in the background, so that requests for it matter.</summary>
    public bool AwaitsResponses => !_background.IsEmpty;

    /// <summary>Finds the operation of an observed client that is under way. What a tool asks in the midst of it is a call of its own.</summary>
    public ModelOperation? FindOutside(ModelApi api) =>
        AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running, IsInsideOfTool: false } ambient
        && !(ambient.IsMuted && _pipeline.IsOn)
        && ambient.Kind == (api == ModelApi.Embeddings ? OperationKind.Embeddings : OperationKind.Chat)
            ? ambient
            : null;

    /// <summary>Makes the request by which an observed client outside answers its own call.</summary>
    public WireCall CreateInner(ModelOperation outer, ModelApi api)
    {
        outer.NoteSent();
        return new InnerRequest(outer, api == ModelApi.Embeddings ? null : ProtocolOf(api), _pipeline.Faults, toException);
    }

    /// <summary>Makes the fetch of a response that runs in the background; <see langword="null"/> for one that nobody here waits for.</summary>
    public WireCall? CreateRetrieval(string responseId) =>
        _background.Has(responseId) ? new Retrieval(responseId, Responses, _background, _pipeline, toException) : null;

    /// <summary>Makes a call of a request.</summary>
    /// <param name="address">What its address says.</param>
    /// <param name="uri">The address.</param>
    /// <param name="body">The body; undefined where it is not known.</param>
    /// <param name="expectsStream">Whether the caller expects a stream, where the body does not say.</param>
    public WireCall? Create(ModelAddress address, Uri uri, JsonElement body, bool expectsStream)
    {
        var model = body.GetText("model") ?? address.Deployment;
        if (address.Api == ModelApi.Embeddings)
        {
            return CreateEmbeddings(body, model, RecordersFor(ProviderNames.OpenAI, uri).Embeddings);
        }

        var protocol = ProtocolOf(address.Api);
        var isStream = body.ValueKind == JsonValueKind.Undefined ? expectsStream : protocol.IsStream(body);
        return CreateChat(protocol, body, model, RecordersFor(protocol.Provider, uri).Chats, isStream);
    }

    private static ChatProtocol ProtocolOf(ModelApi api) => api switch
    {
        ModelApi.Responses => Responses,
        ModelApi.Messages => Messages,
        ModelApi.OllamaChat => Ollama,
        _ => ChatCompletions,
    };

    private WireCall CreateChat(ChatProtocol protocol, JsonElement body, string? model, ChatRecorder recorder, bool isStream)
    {
        var keepsContent = recorder.RecordsContent || _pipeline.Gates.Any;
        var request = _pipeline.Faults.Get(
            Part, (protocol, body, model, keepsContent), static state => state.protocol.ReadRequest(state.body, state.model, state.keepsContent))
            ?? Unread(model);
        AddRecordedProperties(request.Options, body);
        return isStream
            ? new StreamedChatCall(protocol, request, recorder, _background, toException)
            : new PlainChatCall(protocol, request, recorder, _background, toException);
    }

    /// <summary>Stands for a request that could not be read: it is a call all the same, and budgets hold for it.</summary>
    private static WireRequest Unread(string? model) => new([], new Microsoft.Extensions.AI.ChatOptions { ModelId = model });

    /// <summary>Hands on what of the request the application chose to record, whatever it is.</summary>
    private void AddRecordedProperties(Microsoft.Extensions.AI.ChatOptions options, JsonElement body)
    {
        foreach (var key in _pipeline.Options.RecordedAdditionalProperties)
        {
            if (body.Get(key) is { } value)
            {
                (options.AdditionalProperties ??= []).TryAdd(key, value.Clone());
            }
        }
    }

    private EmbeddingCall? CreateEmbeddings(JsonElement body, string? model, EmbeddingRecorder recorder)
    {
        var request = _pipeline.Faults.Get(Part, (body, model), static state => EmbeddingRequest.Read(state.body, state.model));
        return request is null ? null : new EmbeddingCall(request, recorder, _pipeline, toException);
    }

    /// <summary>Clients nearly always have one endpoint, so the last one is kept.</summary>
    private EndpointRecorders RecordersFor(string provider, Uri uri)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || last.Provider != provider || last.Endpoint.Address != uri.Host || last.Endpoint.Port != uri.Port)
        {
            var endpoint = ModelEndpoint.From(provider, uri);
            last = new(provider, endpoint, new ChatRecorder(_pipeline, endpoint), new EmbeddingRecorder(_pipeline, endpoint));
            Volatile.Write(ref _last, last);
        }

        return last;
    }

    private sealed record EndpointRecorders(string Provider, ModelEndpoint Endpoint, ChatRecorder Chats, EmbeddingRecorder Embeddings);
}
