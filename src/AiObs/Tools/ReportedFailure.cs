using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Tools;

/// <summary>Recognises the failure of a tool that does not throw: clients of the Model Context Protocol return what the server answered, marked as an error.</summary>
internal static class ReportedFailure
{
    private const string ErrorType = "tool_error";

    public static OperationError Error { get; } = new(ErrorType, ErrorType, Message: null, StackTrace: null);

    public static bool IsIn(object? result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } answer
        && answer.TryGetProperty("isError", out var isError)
        && isError.ValueKind == JsonValueKind.True
        && answer.TryGetProperty("content", out var content)
        && content.ValueKind == JsonValueKind.Array;
}
