using System.Text.Json;

namespace AiObs.Operations.Content;

/// <summary>Writes documents in the schema of <c>gen_ai.retrieval.documents</c>.</summary>
internal static class DocumentJson
{
    public static string Write(IEnumerable<RecordedDocument> documents) => MessageJson.Write(documents, static (writer, documents) => Write(writer, documents));

    private static void Write(Utf8JsonWriter writer, IEnumerable<RecordedDocument> documents)
    {
        writer.WriteStartArray();
        foreach (var document in documents)
        {
            writer.WriteStartObject();
            if (document.Id is not null)
            {
                writer.WriteString("id"u8, document.Id);
            }

            // JSON has no number for those that are none.
            if (document.Score is { } score && double.IsFinite(score))
            {
                writer.WriteNumber("score"u8, score);
            }

            if (document.Content is not null)
            {
                writer.WriteString("content"u8, document.Content);
            }

            if (document.MetadataJson is not null)
            {
                writer.WritePropertyName("metadata"u8);
                writer.WriteRawValue(document.MetadataJson, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
