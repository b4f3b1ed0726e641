using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiObs.Generators.Tests.Compiling;

/// <summary>An assembly that exists as bytes only, with those it needs to run.</summary>
internal sealed record CompiledAssembly(string Name, byte[] Image, IReadOnlyList<CompiledAssembly> Dependencies)
{
    public MetadataReference Reference { get; } = MetadataReference.CreateFromImage(Image);

    public static CompiledAssembly Emit(CSharpCompilation compilation, IReadOnlyList<CompiledAssembly> dependencies)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

        return new(compilation.AssemblyName!, image.ToArray(), dependencies);
    }

    public IEnumerable<CompiledAssembly> WithDependencies() => Dependencies.SelectMany(d => d.WithDependencies()).Append(this);
}
