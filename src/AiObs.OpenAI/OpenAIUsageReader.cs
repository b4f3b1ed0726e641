using System.ClientModel.Primitives;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Recording;

namespace AiObs.OpenAI;

/// <summary>Reads the objects of the OpenAI SDK, of whatever version: they write themselves as the provider sent them.</summary>
/// <remarks>The core finds it by its name.</remarks>
internal sealed class OpenAIUsageReader : IUsageReader
{
    private const int Largest = 16 * 1024 * 1024;

    public bool TryRead(object raw, ref ReportedUsage usage)
    {
        if (raw is not IJsonModel<object> model)
        {
            return false;
        }

        using var buffer = new PooledBuffer(Largest);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            model.Write(writer, ModelReaderWriterOptions.Json);
        }

        RawUsageJson.Read(buffer.Written, ref usage);
        return true;
    }
}
