using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.OpenInference;

/// <summary>Writes the options of a request as the JSON of <c>llm.invocation_parameters</c>, under the names that providers use on the wire.</summary>
internal static class InvocationParameters
{
    private const string Empty = "{}";

    public static string? Write(ChatRequest request)
    {
        if (ReferenceEquals(request, ChatRequest.Default))
        {
            return null;
        }

        var json = MessageJson.Write(request, WriteObject);
        return json == Empty ? null : json;
    }

    public static string? Write(EmbeddingOperation embedding) =>
        embedding is { Dimensions: null, EncodingFormat: null } ? null : MessageJson.Write(embedding, static (writer, embedding) =>
        {
            writer.WriteStartObject();
            WriteNumber(writer, "dimensions"u8, embedding.Dimensions);
            WriteText(writer, "encoding_format"u8, embedding.EncodingFormat);
            writer.WriteEndObject();
        });

    private static void WriteObject(Utf8JsonWriter writer, ChatRequest request)
    {
        writer.WriteStartObject();
        WriteNumber(writer, "temperature"u8, request.Temperature);
        WriteNumber(writer, "top_p"u8, request.TopP);
        WriteNumber(writer, "top_k"u8, request.TopK);
        WriteNumber(writer, "max_tokens"u8, request.MaxTokens);
        WriteNumber(writer, "frequency_penalty"u8, request.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty"u8, request.PresencePenalty);
        WriteNumber(writer, "seed"u8, request.Seed);
        WriteNumber(writer, "n"u8, request.ChoiceCount);
        if (request.StopSequences is { Length: > 0 } stops)
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }

        WriteText(writer, "response_format"u8, request.OutputType);
        WriteText(writer, "reasoning_effort"u8, request.ReasoningLevel);
        WriteText(writer, "tool_choice"u8, request.ToolChoice);
        if (request.AllowMultipleToolCalls is { } allowed)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, allowed);
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            writer.WriteNumber(name, known);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
