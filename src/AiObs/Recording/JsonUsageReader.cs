using System.Runtime.InteropServices;
using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>Takes what was read already where the protocol is observed, and reads what clients hand out that keep the response as JSON.</summary>
internal sealed class JsonUsageReader : IUsageReader
{
    public bool TryRead(object raw, ref ReportedUsage usage)
    {
        if (raw is ReportedUsage read)
        {
            usage = read;
            return true;
        }

        if (raw is not JsonElement { ValueKind: JsonValueKind.Object } json)
        {
            return false;
        }

        RawUsageJson.Read(JsonMarshal.GetRawUtf8Value(json), ref usage);
        return true;
    }
}
