using System.Text.Json;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Responses.</summary>
internal sealed class ResponsesProtocol : ChatProtocol
{
    private const string Incomplete = "incomplete";
    private const string Failed = "failed";
    private const string Cancelled = "cancelled";
    private const string Completed = "completed";

    public override string ApiType => "responses";

    public override string Provider => ProviderNames.OpenAI;

    public override WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent)
    {
        var options = OptionReading.Read(body, model);
        options.MaxOutputTokens = body.GetSmallCount("max_output_tokens");
        options.ResponseFormat = OptionReading.FormatOf(body.Get("text")?.Get("format").GetText("type"));
        options.ConversationId = body.GetText("previous_response_id") ?? ConversationOf(body);
        OptionReading.NoteEffort(options, body.Get("reasoning").GetText("effort"));
        if (keepsContent)
        {
            options.Instructions = body.GetText("instructions");
        }

        options.Tools = HostedTools.ReadAll(body);
        return new WireRequest(InputReading.ReadAll(body, keepsContent), options, body.GetFlag("background"))
        {
            Prompt = PromptOf(body.Get("prompt"), keepsContent),
            IsCompacted = body.Items("input").Any(static item => item.GetText("type") == ServerItems.Compaction),
        };
    }

    public override WireResponse ReadResponse(JsonElement body)
    {
        var answer = new ChatMessage { Role = ChatRole.Assistant };
        foreach (var item in body.Items("output"))
        {
            ItemReading.AddContents(answer.Contents, item);
        }

        var status = body.GetText("status");
        var response = new ChatResponse
        {
            // What runs in the background has not said anything yet, and no empty message either.
            Messages = WireResponse.IsPending(status) && answer.Contents.Count == 0 ? [] : [answer],
            ResponseId = body.GetText("id"),
            ModelId = body.GetText("model"),
            ConversationId = ConversationOf(body),
            FinishReason = FinishReasonOf(body, hasCalls: answer.Contents.Any(static content => content is FunctionCallContent)),
            Usage = UsageReading.OfResponse(body.Get("usage")),
            AdditionalProperties = WireProperties.Of(body),
            RawRepresentation = UsageReading.RawOf(body),
        };
        return new WireResponse(response, ErrorOf(body, status), status);
    }

    /// <summary>Reads a response, or an event that brings one; <see langword="null"/> where it has not come to its end.</summary>
    public WireResponse? ReadEnd(JsonElement data)
    {
        var state = StateIn(data);
        return state.GetText("status") is Completed or Incomplete or Failed or Cancelled ? ReadResponse(state) : null;
    }

    public override ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls) => new ResponseEventReader(keepsContent, keepsCalls);

    internal static string? ConversationOf(JsonElement body) => body.Get("conversation") switch
    {
        { ValueKind: JsonValueKind.String } id => id.AsText(),
        { ValueKind: JsonValueKind.Object } conversation => conversation.GetText("id"),
        _ => null,
    };

    /// <summary>Says why the model stopped in the words of chat completions, as chat clients do; a response that still runs has not.</summary>
    internal static ChatFinishReason? FinishReasonOf(JsonElement body, bool hasCalls) =>
        (body.GetText("status"), body.Get("incomplete_details").GetName("reason")) switch
        {
            (_, "max_output_tokens") => ChatFinishReason.Length,
            (_, { } reason) => new ChatFinishReason(reason),
            (Completed, _) => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            (Incomplete, _) => new ChatFinishReason(Incomplete),
            _ => null,
        };

    /// <summary>Says what went wrong. A response that failed need not say why.</summary>
    /// <param name="body">The response.</param>
    /// <param name="status">Its status, or the end of the name of the event that brought it.</param>
    internal static WireError? ErrorOf(JsonElement body, string? status) => (body.Get("error"), status) switch
    {
        ({ } error, _) => WireError.Of(error),
        (null, Failed or Cancelled) => WireError.Of($"response.{status}"),
        _ => null,
    };

    private static WirePrompt? PromptOf(JsonElement? prompt, bool keepsContent) => prompt.GetName("id") is { } id
        ? new WirePrompt(id, prompt.GetName("version"), keepsContent ? VariablesOf(prompt?.Get("variables")) : null)
        : null;

    private static List<KeyValuePair<string, object?>>? VariablesOf(JsonElement? variables) => variables is { ValueKind: JsonValueKind.Object } known
        ? [.. known.EnumerateObject().Select(static variable => new KeyValuePair<string, object?>(
            variable.Name, variable.Value.ValueKind == JsonValueKind.String ? variable.Value.AsText() : variable.Value.Clone()))]
        : null;

    protected override JsonElement StateIn(JsonElement data) => data.Get("response") ?? data;

    protected override UsageDetails? ReadUsage(JsonElement state) => UsageReading.OfResponse(state.Get("usage"));
}
