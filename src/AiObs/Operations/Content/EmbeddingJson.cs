namespace AiObs.Operations.Content;

/// <summary>Writes what is embedded, and what became of it, as one text each.</summary>
internal static class EmbeddingJson
{
    /// <summary>Returns the text where there is one, and a JSON array of several; <see langword="null"/> where none is text, or none is recorded.</summary>
    public static RecordedValue? WriteInput(IReadOnlyList<string?>? texts)
    {
        if (texts is null || texts.All(static text => text is null))
        {
            return null;
        }

        if (texts.All(static text => text is null or RecordedValue.RedactedText))
        {
            return RecordedValue.Redacted;
        }

        return texts is [{ } only] ? RecordedValue.Plain(only) : RecordedValue.Json(MessageJson.Write(texts, static (writer, texts) =>
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }));
    }

    /// <summary>Returns how many vectors there are and how long they are. The vectors themselves are long, and stand on spans already.</summary>
    public static RecordedValue? WriteOutput(IReadOnlyList<double[]?>? vectors) => vectors is null ? null : RecordedValue.Json(
        MessageJson.Write(vectors, static (writer, vectors) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("vectors"u8, vectors.Count);
            if (vectors.FirstOrDefault(static vector => vector is not null) is { } first)
            {
                writer.WriteNumber("dimensions"u8, first.Length);
            }

            writer.WriteEndObject();
        }));
}
