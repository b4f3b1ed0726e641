using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>Runs texts through the built-in rules and the application's own redaction. Fails closed: what could not be redacted is not shown.</summary>
internal sealed class TextRedactor(PrivacyOptions options, Faults faults)
{
    private const string FailedRule = "failed";

    private readonly RedactionRule[] _rules = RedactionRule.For(options.RedactionRules);
    private readonly Func<string, string?>? _redactText = options.RedactText;

    public bool IsActive { get; } = options.RedactionRules != RedactionRules.None || options.RedactText is not null;

    public string Text(AgentOperation operation, string text)
    {
        if (!IsActive || text.Length == 0)
        {
            return text;
        }

        try
        {
            foreach (var rule in _rules)
            {
                text = rule.Apply(text, out var hits);
                operation.CountRedactions(rule.Name, hits);
            }

            return _redactText is null ? text : _redactText(text) ?? RecordedValue.RedactedText;
        }
#pragma warning disable CA1031 // The application's redaction may throw anything, and a pattern may time out; either way the text stays hidden.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report("redactor", exception);
            operation.CountRedactions(FailedRule, 1);
            return RecordedValue.RedactedText;
        }
    }

    public string Json(AgentOperation operation, string json)
    {
        if (!IsActive)
        {
            return json;
        }

        using var document = JsonDocument.Parse(json);
        return MessageJson.Write(
            (Redactor: this, Operation: operation, Root: document.RootElement),
            static (writer, state) => state.Redactor.Write(writer, state.Operation, state.Root));
    }

    private void Write(Utf8JsonWriter writer, AgentOperation operation, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(Text(operation, member.Name));
                    Write(writer, operation, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, operation, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text(operation, element.GetString()!));
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, operation, element.GetRawText());
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>A card number may come as a number; what redaction changes can only be written as text.</summary>
    private void WriteNumber(Utf8JsonWriter writer, AgentOperation operation, string number)
    {
        var redacted = Text(operation, number);
        if (redacted == number)
        {
            writer.WriteRawValue(number, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(redacted);
        }
    }
}
