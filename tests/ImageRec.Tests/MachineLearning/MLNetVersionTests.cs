using System.Reflection;
using System.Reflection.Emit;
using ImageRec.Tests.Design;

namespace ImageRec.Tests.MachineLearning;

/// <summary>
/// ImageRec.ML uses types that ML.NET keeps to itself (docs/decisions/0031). With a later ML.NET, these tests say in words which of them
/// moved; when they pass, the upper bound of its version in ImageRec.ML.csproj can be raised.
/// </summary>
public sealed class MLNetVersionTests
{
    private static readonly byte[] s_package = File.ReadAllBytes(Repository.AssemblyOf("ImageRec.ML"));

    [Fact]
    public void MLNet_ReferencedHere_HasEveryTypeAndMemberThatImageRecMLUses()
    {
        var folder = Path.GetDirectoryName(typeof(MLNetExtractor).Assembly.Location)!;
        var members = new MLNetMembers(Directory.GetFiles(folder, "Microsoft.ML*.dll").Select(File.ReadAllBytes));

        Assert.Equal([], members.MissingFor(s_package));
    }

    [Fact]
    public void UsedTypes_OfImageRecML_HoldThoseThatMLNetKeepsToItself() => Assert.Superset(
        new HashSet<string>(
        [
            "Microsoft.ML.LoadableClassAttribute", "Microsoft.ML.SignatureLoadModel",
            "Microsoft.ML.ModelSaveContext", "Microsoft.ML.ModelLoadContext",
            "Microsoft.ML.VersionInfo", "Microsoft.ML.SchemaShape+Column",
        ]),
        MLNetMembers.UsedTypes(s_package).ToHashSet());

    [Fact]
    public void MissingFor_AnMLNetWhoseTypesMoved_SaysWhichInWords()
    {
        var core = Assembly("Microsoft.ML.Core", module =>
        {
            var context = module.DefineType("Microsoft.ML.ModelSaveContext", TypeAttributes.NotPublic);
            context.DefineMethod("SaveBinaryStream", MethodAttributes.Assembly, typeof(void), [typeof(string), typeof(Action<Stream>)])
                .GetILGenerator().Emit(OpCodes.Ret);
            return context;
        });
        var data = Assembly("Microsoft.ML.Data", module => module.DefineType("Microsoft.ML.ModelLoadContext", TypeAttributes.NotPublic));

        var missing = new MLNetMembers([core, data]).MissingFor(s_package);

        Assert.Contains("Microsoft.ML.Core 6.1.0.0 has no type Microsoft.ML.VersionInfo.", missing);
        Assert.Contains("Microsoft.ML.Core 6.1.0.0 has no type Microsoft.ML.ModelLoadContext; Microsoft.ML.Data has one.", missing);
        Assert.Contains(
            "Microsoft.ML.Core 6.1.0.0: Microsoft.ML.ModelSaveContext has no "
            + "SaveBinaryStream(System.String, System.Action`1<System.IO.BinaryWriter>) -> System.Void; "
            + "it has SaveBinaryStream(System.String, System.Action`1<System.IO.Stream>) -> System.Void.",
            missing);
        Assert.Contains(
            missing, sentence => sentence.StartsWith("There is no Microsoft.ML.FastTree, which had the type ", StringComparison.Ordinal));
    }

    private static byte[] Assembly(string name, Func<ModuleBuilder, TypeBuilder> define)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(6, 1, 0, 0) }, typeof(object).Assembly);
        define(assembly.DefineDynamicModule(name)).CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        return stream.ToArray();
    }
}
