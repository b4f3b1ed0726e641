using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Privacy.Redaction;

/// <summary>The redaction of one text or document at one place. It shares nothing with anybody, so that it can be left behind where it hangs.</summary>
/// <param name="Rules">The built-in rules of the place.</param>
/// <param name="RedactText">The application's own redaction, which comes after them; <see langword="null"/> where there is none.</param>
/// <param name="Place">Where the text stands.</param>
/// <param name="Run">What counts its hits and its time.</param>
/// <param name="Faults">Counts what goes wrong with one text of a document, which costs that text alone.</param>
internal sealed record TextJob(
    RedactionRule[] Rules, Func<RedactionPlace, string, string?>? RedactText, RedactionPlace Place, RedactionRun Run, Faults Faults)
{
    /// <summary>What the faults of redaction are counted as.</summary>
    public const string Part = "redactor";

    /// <summary>What a redaction that failed is counted as.</summary>
    public const string FailedRule = "failed";

    public string Text(string text) => Text(text, Place.Key);

    /// <summary>Redacts the texts, member names and numbers of a JSON document one by one; the result is a JSON document again.</summary>
    public string Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return MessageJson.Write(
            (Job: this, Root: document.RootElement),
            static (writer, state) => state.Job.Write(writer, state.Root, state.Job.Place.Key));
    }

    private string Text(string text, string? key)
    {
        if (text.Length == 0)
        {
            return text;
        }

        foreach (var rule in Rules)
        {
            text = rule.Apply(text, Run);
        }

        return RedactText is null ? text : RedactText(Place with { Key = key }, text) ?? RecordedValue.RedactedText;
    }

    /// <summary>Redacts one text of a document.</summary>
    private string Leaf(string text, string? key)
    {
        try
        {
            return Text(text, key);
        }
#pragma warning disable CA1031 // The application's redaction may throw anything, and a pattern may time out; either way the text stays hidden.
        catch (Exception exception) when (!Run.IsLate)
#pragma warning restore CA1031
        {
            Faults.Report(Part, exception);
            Run.Count(FailedRule, 1);
            return RecordedValue.RedactedText;
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement element, string? key)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    WriteMember(writer, member, key);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, key);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Leaf(element.GetString()!, key));
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, element.GetRawText(), key);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void WriteMember(Utf8JsonWriter writer, JsonProperty member, string? key)
    {
        // Only the application's own redaction is told where it is. A name stands where its object does, so that whoever asks for a member gets its value alone.
        var path = RedactText is null ? null : key is null ? member.Name : $"{key}.{member.Name}";
        writer.WritePropertyName(Leaf(member.Name, key));
        var owner = member.Value.ValueKind == JsonValueKind.String ? Array.Find(Rules, rule => rule.CoversMember(member.Name)) : null;
        if (owner is null)
        {
            Write(writer, member.Value, path);
            return;
        }

        Run.Count(owner.Name, 1);
        writer.WriteStringValue(owner.Placeholder);
    }

    /// <summary>A card number may come as a number; what redaction changes can only be written as text.</summary>
    private void WriteNumber(Utf8JsonWriter writer, string number, string? key)
    {
        var redacted = Leaf(number, key);
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
