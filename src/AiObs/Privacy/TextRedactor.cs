using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy.Redaction;

namespace AiObs.Privacy;

/// <summary>Runs texts through the built-in rules and the application's own redaction. Fails closed: what could not be redacted is not shown.</summary>
internal sealed class TextRedactor(IReadOnlyList<RedactionRule> rules, Func<string, string?>? redactText, Faults faults)
{
    /// <summary>The rule under which a redaction that failed is counted.</summary>
    private const string FailedRule = "failed";

    private const string RedactedJson = $"\"{RecordedValue.RedactedText}\"";

    public TextRedactor(PrivacyOptions options, Faults faults)
        : this(BuiltInRules.For(options.RedactionRules), options.RedactText, faults)
    {
    }

    public bool IsActive { get; } = rules.Count > 0 || redactText is not null;

    public string Text(AgentOperation operation, string text) => IsActive && text.Length > 0
        ? Guarded(operation, text, static (redactor, operation, text) => redactor.TextCore(operation, text), RecordedValue.RedactedText)
        : text;

    /// <summary>Redacts the texts, member names and numbers of a JSON document one by one; the result is a JSON document again.</summary>
    public string Json(AgentOperation operation, string json) => IsActive
        ? Guarded(operation, json, static (redactor, operation, json) => redactor.JsonCore(operation, json), RedactedJson)
        : json;

    private string Guarded(
        AgentOperation operation, string content, Func<TextRedactor, AgentOperation, string, string> redact, string hidden)
    {
        try
        {
            return redact(this, operation, content);
        }
#pragma warning disable CA1031 // The application's redaction may throw anything, and a pattern may time out; either way the content stays hidden.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report("redactor", exception);
            operation.CountRedactions(FailedRule, 1);
            return hidden;
        }
    }

    private string TextCore(AgentOperation operation, string text)
    {
        foreach (var rule in rules)
        {
            text = rule.Apply(text, out var hits);
            operation.CountRedactions(rule.Name, hits);
        }

        return redactText is null ? text : redactText(text) ?? RecordedValue.RedactedText;
    }

    private string JsonCore(AgentOperation operation, string json)
    {
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
                    WriteMember(writer, operation, member);
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

    private void WriteMember(Utf8JsonWriter writer, AgentOperation operation, JsonProperty member)
    {
        writer.WritePropertyName(Text(operation, member.Name));
        var owner = member.Value.ValueKind == JsonValueKind.String ? rules.FirstOrDefault(rule => rule.CoversMember(member.Name)) : null;
        if (owner is null)
        {
            Write(writer, operation, member.Value);
            return;
        }

        operation.CountRedactions(owner.Name, 1);
        writer.WriteStringValue(owner.Placeholder);
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
