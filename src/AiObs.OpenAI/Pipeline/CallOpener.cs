using System.ClientModel.Primitives;
using System.Text.Json;
using AiObs.Chat;
using AiObs.Embeddings;
using AiObs.OpenAI.Wire;
using AiObs.OpenAI.Wire.ChatCompletions;
using AiObs.OpenAI.Wire.Embeddings;
using AiObs.OpenAI.Wire.Responses;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Opens the operation of a request, unless it is how an observed client outside answers its own call.</summary>
internal sealed class CallOpener(AgentObservability observability, PipelinePolicy owner)
{
    private const string Part = "openai";
    private const int MaxBackgroundResponses = 10_000;

    private static readonly ChatProtocol ChatCompletions = new ChatCompletionsProtocol();
    private static readonly ResponsesProtocol Responses = new ResponsesProtocol();

    private readonly OperationPipeline _pipeline = observability.Pipeline;
    private readonly BackgroundResponses _background = new(MaxBackgroundResponses);
    private EndpointRecorders? _last;

    /// <summary>Gets a value indicating whether a response runs in the background, so that requests for it matter.</summary>
    public bool AwaitsResponses => !_background.IsEmpty;

    /// <summary>Returns the call to observe; <see langword="null"/> for one that is to pass.</summary>
    public WireCall? Open(PipelineMessage message, ModelAddress address)
    {
        if (CallMark.Find(message) is { IsOpen: true })
        {
            return null;
        }

        if (address.ResponseId is { } id)
        {
            return _background.Has(id) ? new Retrieval(id, Responses, _background, _pipeline) : null;
        }

        if (FindOutside(address.Api) is { } outer)
        {
            Mark(message, outer);
            return new InnerRequest(outer, address.Api == ModelApi.Embeddings ? null : ProtocolOf(address.Api), _pipeline.Faults);
        }

        using var document = _pipeline.Faults.Get(Part, message.Request, RequestBody.Parse);
        var body = document?.RootElement ?? default;
        var model = body.GetText("model") ?? address.Deployment;
        var recorders = RecordersFor(message.Request.Uri!);
        return address.Api switch
        {
            ModelApi.Embeddings => OpenEmbeddings(body, model, recorders.Embeddings),
            var api => OpenChat(ProtocolOf(api), body, model, recorders.Chats, isStream: IsStream(message, body)),
        };
    }

    /// <summary>Starts a call that the gates have let through.</summary>
    /// <returns>Whether it is observed.</returns>
    public bool Start(WireCall call, PipelineMessage message)
    {
        if (!call.Start())
        {
            return false;
        }

        if (call.Operation is { } operation)
        {
            Mark(message, operation);
        }

        return true;
    }

    private static ChatProtocol ProtocolOf(ModelApi api) => api == ModelApi.Responses ? Responses : ChatCompletions;

    /// <summary>Tells whether a stream is asked for. Of a body that is not known, the caller says it: only streams are not buffered, as a rule.</summary>
    private static bool IsStream(PipelineMessage message, JsonElement body) =>
        body.ValueKind == JsonValueKind.Undefined ? !message.BufferResponse : body.GetFlag("stream");

    /// <summary>Finds the operation of an observed client that is under way. What a tool asks in the midst of it is a call of its own.</summary>
    private ModelOperation? FindOutside(ModelApi api) =>
        AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running, IsTraced: false, IsInsideOfTool: false } ambient
        && !(ambient.IsMuted && _pipeline.IsOn)
        && ambient.Kind == (api == ModelApi.Embeddings ? OperationKind.Embeddings : OperationKind.Chat)
            ? ambient
            : null;

    private void Mark(PipelineMessage message, ModelOperation operation)
    {
        if (operation.AttemptCounting != AttemptCounting.Off)
        {
            operation.AttemptCounting = AttemptCounting.ByClient;
        }

        new CallMark(owner, operation).PutOn(message);
    }

    private WireCall OpenChat(ChatProtocol protocol, JsonElement body, string? model, ChatRecorder recorder, bool isStream)
    {
        var keepsContent = recorder.RecordsContent || _pipeline.Gates.Any;
        var request = _pipeline.Faults.Get(
            Part, (protocol, body, model, keepsContent), static state => state.protocol.ReadRequest(state.body, state.model, state.keepsContent))
            ?? Unread(model);
        AddRecordedProperties(request.Options, body);
        return isStream
            ? new StreamedChatCall(protocol, request, recorder, _background)
            : new PlainChatCall(protocol, request, recorder, _background);
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

    private EmbeddingCall? OpenEmbeddings(JsonElement body, string? model, EmbeddingRecorder recorder)
    {
        var request = _pipeline.Faults.Get(Part, (body, model), static state => EmbeddingRequest.Read(state.body, state.model));
        return request is null ? null : new EmbeddingCall(request, recorder, _pipeline);
    }

    /// <summary>Clients nearly always have one endpoint, so the last one is kept.</summary>
    private EndpointRecorders RecordersFor(Uri uri)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || last.Endpoint.Address != uri.Host || last.Endpoint.Port != uri.Port)
        {
            var endpoint = ModelEndpoint.From(ProviderNames.OpenAI, uri);
            last = new(endpoint, new ChatRecorder(_pipeline, endpoint), new EmbeddingRecorder(_pipeline, endpoint));
            Volatile.Write(ref _last, last);
        }

        return last;
    }

    private sealed record EndpointRecorders(ModelEndpoint Endpoint, ChatRecorder Chats, EmbeddingRecorder Embeddings);
}
