using Microsoft.CodeAnalysis;

namespace AiObs.Generators;

/// <summary>Finds out which builders a compilation can name, and whether they have the method that the generated code calls.</summary>
internal static class BuilderLookup
{
    private const string Observability = "AiObs.AgentObservability";
    private const string EmbeddedAttribute = "Microsoft.CodeAnalysis.EmbeddedAttribute";

    private const string ChatClientBuilder = "Microsoft.Extensions.AI.ChatClientBuilder";
    private const string ChatClientStage =
        "System.Func<Microsoft.Extensions.AI.IChatClient, System.IServiceProvider, Microsoft.Extensions.AI.IChatClient>";

    private const string EmbeddingGeneratorBuilder = "Microsoft.Extensions.AI.EmbeddingGeneratorBuilder`2";
    private const string EmbeddingGeneratorStage =
        "System.Func<Microsoft.Extensions.AI.IEmbeddingGenerator<TInput, TEmbedding>, System.IServiceProvider, "
        + "Microsoft.Extensions.AI.IEmbeddingGenerator<TInput, TEmbedding>>";

    private static readonly SymbolDisplayFormat FullNames =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static GeneratedParts FindParts(Compilation compilation)
    {
        if (FindNameable(compilation, Observability) is null)
        {
            return GeneratedParts.None;
        }

        var parts = GeneratedParts.None;
        if (HasBuilder(compilation, ChatClientBuilder, ChatClientStage))
        {
            parts |= GeneratedParts.ChatClientBuilder;
        }

        if (HasBuilder(compilation, EmbeddingGeneratorBuilder, EmbeddingGeneratorStage))
        {
            parts |= GeneratedParts.EmbeddingGeneratorBuilder;
        }

        if (parts is not GeneratedParts.None && !DeclaresEmbeddedAttribute(compilation))
        {
            parts |= GeneratedParts.EmbeddedAttribute;
        }

        return parts;
    }

    private static bool HasBuilder(Compilation compilation, string metadataName, string stage) =>
        FindNameable(compilation, metadataName) is { } builder
        && builder.GetMembers("Use").OfType<IMethodSymbol>().Any(method => AddsStage(method, stage));

    // Two candidates make the name ambiguous: no methods are better than generated code that does not compile.
    private static INamedTypeSymbol? FindNameable(Compilation compilation, string metadataName)
    {
        var candidates = compilation.GetTypesByMetadataName(metadataName)
            .Where(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) && IsUnderGlobalAlias(compilation, type))
            .Take(2)
            .ToList();

        return candidates.Count == 1 ? candidates[0] : null;
    }

    // "global::" does not reach an assembly that is referenced under an extern alias alone.
    private static bool IsUnderGlobalAlias(Compilation compilation, INamedTypeSymbol type)
    {
        var aliases = compilation.GetMetadataReference(type.ContainingAssembly)?.Properties.Aliases ?? [];

        return aliases.IsEmpty || aliases.Contains(MetadataReferenceProperties.GlobalAlias);
    }

    private static bool AddsStage(IMethodSymbol method, string stage) =>
        method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, Arity: 0, Parameters.Length: 1 }
        && SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType)
        && method.Parameters[0].Type.ToDisplayString(FullNames) == stage;

    // A declaration written by hand need not be partial, so ours would collide with it.
    private static bool DeclaresEmbeddedAttribute(Compilation compilation) =>
        compilation.Assembly.GetTypeByMetadataName(EmbeddedAttribute) is not null;
}
