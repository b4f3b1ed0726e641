using Microsoft.CodeAnalysis;

namespace AiObs.Generators;

/// <summary>
/// Adds the AiObs methods to the builders of Microsoft.Extensions.AI in compilations that know both, so that AiObs itself
/// needs no reference to Microsoft.Extensions.AI and never forces a version of it on an application.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class BuilderMethodsGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that decides which files are generated.</summary>
    internal const string PartsStep = "Parts";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parts = context.CompilationProvider
            .Select(static (compilation, _) => BuilderLookup.FindParts(compilation))
            .WithTrackingName(PartsStep);

        context.RegisterSourceOutput(parts, static (output, wanted) => AddFiles(output, wanted));
    }

    private static void AddFiles(SourceProductionContext output, GeneratedParts wanted)
    {
        if (wanted.HasFlag(GeneratedParts.ChatClientBuilder))
        {
            output.AddSource(ChatClientBuilderText.FileName, ChatClientBuilderText.Content);
        }

        if (wanted.HasFlag(GeneratedParts.EmbeddingGeneratorBuilder))
        {
            output.AddSource(EmbeddingGeneratorBuilderText.FileName, EmbeddingGeneratorBuilderText.Content);
        }

        if (wanted.HasFlag(GeneratedParts.EmbeddedAttribute))
        {
            output.AddSource(EmbeddedAttributeText.FileName, EmbeddedAttributeText.Content);
        }
    }
}
