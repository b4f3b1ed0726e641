using System.Collections.Concurrent;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>Asks the application's readers of usage, then those for the objects of known SDKs.</summary>
/// <param name="own">The application's.</param>
/// <param name="faults">Counts what they throw.</param>
internal sealed class UsageReaders(IReadOnlyList<IUsageReader> own, Faults faults)
{
    private const string Part = "usage_reader";
    private const int MostFailures = 256;

    private static readonly IUsageReader[] BuiltIn = FindBuiltIn();

    private readonly ConcurrentDictionary<(IUsageReader Reader, Type Type), bool> _failed = new();

    /// <summary>Reads an object; <see langword="false"/> where nobody knows it, and <paramref name="usage"/> is as it was.</summary>
    public bool TryRead(object raw, ref ReportedUsage usage)
    {
        for (var index = 0; index < own.Count; index++)
        {
            if (TryRead(own[index], raw, ref usage))
            {
                return true;
            }
        }

        foreach (var reader in BuiltIn)
        {
            if (TryRead(reader, raw, ref usage))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryRead(IUsageReader reader, object raw, ref ReportedUsage usage)
    {
        if (!_failed.IsEmpty && _failed.ContainsKey((reader, raw.GetType())))
        {
            return false;
        }

        var read = usage;
        try
        {
            if (!reader.TryRead(raw, ref read))
            {
                return false;
            }

            usage = read;
            return true;
        }
#pragma warning disable CA1031 // A reader, or an SDK that has changed, must not break a call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report(Part, exception);
            if (_failed.Count < MostFailures)
            {
                _failed[(reader, raw.GetType())] = true;
            }

            return false;
        }
    }

    /// <summary>The package for OpenAI is found where it is referenced: nothing of it need be called for that.</summary>
    private static IUsageReader[] FindBuiltIn()
    {
        IUsageReader[] known = [new JsonUsageReader(), new AnthropicUsageReader()];
        return Type.GetType("AiObs.OpenAI.OpenAIUsageReader, AiObs.OpenAI", throwOnError: false) is { } type && Activator.CreateInstance(type) is IUsageReader reader
            ? [.. known, reader]
            : known;
    }
}
