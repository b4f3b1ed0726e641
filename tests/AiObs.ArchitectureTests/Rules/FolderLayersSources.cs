using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Tells from the symbols of an assembly in which folder its types and methods are written.</summary>
/// <remarks>What stands outside of the project's own folder is written by a generator and has no folder.</remarks>
internal sealed class FolderLayersSources : IDisposable
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    // Where the compiler notes the files of a type that has no method body.
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _symbols;
    private readonly IReadOnlyList<string> _places;
    private readonly Dictionary<Type, string?> _folders = [];

    public FolderLayersSources(Stream symbols, IReadOnlyList<string> places)
    {
        _provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        _symbols = _provider.GetMetadataReader();
        _places = [.. places.Select(static place => place.Replace('\\', '/'))];
    }

    /// <summary>The type that nested and compiler-made types belong to.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The folder of the outermost type: of the file with its name, else of its first file.</summary>
    public string? FolderOf(Type type)
    {
        var outermost = Outermost(type);
        if (!_folders.TryGetValue(outermost, out var folder))
        {
            var paths = Paths(outermost).Order(StringComparer.Ordinal).ToList();
            var name = outermost.Name.Split('`')[0] + ".cs";
            _folders[outermost] = folder = Folder(paths.FirstOrDefault(path => Path.GetFileName(path) == name) ?? paths.FirstOrDefault());
        }

        return folder;
    }

    /// <summary>The folder of the file that a method is written in, which can differ between the parts of a partial type.</summary>
    public string? FolderOf(MethodBase method)
    {
        var body = method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", All) ?? method;

        return Folder(Paths(body).FirstOrDefault()) ?? FolderOf(method.DeclaringType!);
    }

    public void Dispose() => _provider.Dispose();

    private static string? Folder(string? path) => path is null
        ? null
        : path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : FolderLayersProject.Root;

    private IEnumerable<string> Paths(Type type) =>
        Noted(type)
            .Concat(type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)).SelectMany(Paths))
            .Concat(type.GetNestedTypes(All).SelectMany(Paths));

    private IEnumerable<string> Noted(Type type)
    {
        foreach (var handle in _symbols.GetCustomDebugInformation(MetadataTokens.EntityHandle(type.MetadataToken)))
        {
            var information = _symbols.GetCustomDebugInformation(handle);
            if (_symbols.GetGuid(information.Kind) == TypeDefinitionDocuments)
            {
                var rows = _symbols.GetBlobReader(information.Value);
                while (rows.RemainingBytes > 0)
                {
                    if (PathOf(MetadataTokens.DocumentHandle(rows.ReadCompressedInteger())) is { } path)
                    {
                        yield return path;
                    }
                }
            }
        }
    }

    private IEnumerable<string> Paths(MethodBase method)
    {
        var row = MetadataTokens.GetRowNumber(MetadataTokens.EntityHandle(method.MetadataToken));
        var information = _symbols.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row));

        return information.GetSequencePoints().Select(point => point.Document).Distinct().Select(PathOf).OfType<string>();
    }

    private string? PathOf(DocumentHandle handle)
    {
        var name = _symbols.GetString(_symbols.GetDocument(handle).Name).Replace('\\', '/');

        return _places.Where(place => name.StartsWith(place, StringComparison.Ordinal)).Select(place => name[place.Length..]).FirstOrDefault();
    }
}
