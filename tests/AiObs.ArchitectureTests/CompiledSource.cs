using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace AiObs.ArchitectureTests;

/// <summary>Compiles a few lines of C#, so that a test can show the code that a rule must object to.</summary>
internal static class CompiledSource
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // Whatever is made from it shares what it has read of the references, as long as the name stays the same.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Fixture",
        [CSharpSyntaxTree.ParseText(Usings)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static IReadOnlyList<Type> Types(string source)
    {
        using var image = new MemoryStream();
        Check(Compile(source).Emit(image));

        return Assembly.Load(image.ToArray()).GetTypes();
    }

    /// <summary>Compiles sources under the paths of their files, with the symbols that tell the paths.</summary>
    public static (Assembly Assembly, Stream Symbols) WithSymbols(params (string Path, string Text)[] files)
    {
        using var image = new MemoryStream();
        var symbols = new MemoryStream();
        var trees = files.Select(static file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path, encoding: Encoding.UTF8));
        Check(Compile("").AddSyntaxTrees(trees).Emit(image, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb)));
        symbols.Position = 0;

        return (Assembly.Load(image.ToArray()), symbols);
    }

    private static CSharpCompilation Compile(string source) => Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source));

    private static void Check(EmitResult result) => Assert.True(result.Success, string.Join('\n', result.Diagnostics));
}
