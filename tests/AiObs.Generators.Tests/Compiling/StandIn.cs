namespace AiObs.Generators.Tests.Compiling;

/// <summary>The assemblies that a consumer references, compiled from the files under StandIns.</summary>
internal static class StandIn
{
    /// <summary>Gets the builders with the signatures of the real Microsoft.Extensions.AI.</summary>
    public static CompiledAssembly Builders { get; } =
        Compile("Microsoft.Extensions.AI", Read("ChatClientBuilder.cs"), Read("EmbeddingGeneratorBuilder.cs"));

    /// <summary>Gets a Microsoft.Extensions.AI that has the chat client builder alone.</summary>
    public static CompiledAssembly ChatClientBuilderAlone { get; } = Compile("Microsoft.Extensions.AI", Read("ChatClientBuilder.cs"));

    /// <summary>Gets the methods of AiObs that the generated ones forward to; each stage labels what passes through it.</summary>
    public static CompiledAssembly AiObs { get; } = Compile("AiObs", Read("AiObs.cs"));

    public static CompiledAssembly Compile(string assemblyName, params IEnumerable<string> sources)
    {
        var empty = TestCompilation.Create(assemblyName, string.Empty, []);

        return CompiledAssembly.Emit(empty.AddSyntaxTrees(sources.Select(TestCompilation.Parse)), []);
    }

    public static string Read(string fileName)
    {
        using var stream = typeof(StandIn).Assembly.GetManifestResourceStream(fileName)!;
        using var reader = new StreamReader(stream);

        return reader.ReadToEnd();
    }
}
