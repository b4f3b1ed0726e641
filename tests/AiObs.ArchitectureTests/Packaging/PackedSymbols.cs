using System.Reflection.Metadata;

namespace AiObs.ArchitectureTests.Packaging;

/// <summary>Reads portable symbols.</summary>
internal static class PackedSymbols
{
    // The kind that the portable PDB format gives to the map from source files to addresses.
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static bool HaveSourceLink(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var reader = provider.GetMetadataReader();

        return reader.CustomDebugInformation
            .Select(handle => reader.GetCustomDebugInformation(handle))
            .Any(information => reader.GetGuid(information.Kind) == SourceLink);
    }
}
